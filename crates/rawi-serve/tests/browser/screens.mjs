// Every screen there is, and how to get to it. What is added here is looked at.

/** Numbers of the archive that addresses need. */
export function places(server) {
  const quote = server.asked('"وقد أبلغنا" outlet:"وكالة الضفاف"', '--sort', 'oldest')
    .find((hit) => hit.article.id === 'water-05');
  const force = server.asked('speaker:"سالم بوخماس"')[0];
  const other = server.asked('speaker:"ياسر الدوهان"')[0];
  const minister = server.asked('speaker:"نادر الصوالحي"')[0];
  const updated = server.asked('outlet:"موقع سطور" speaker:"سيف المسروري"')[0];
  return {
    article: quote.article.version,
    quote: quote.id,
    updated: updated.article.version,
    speaker: minister.speaker.id,
    a: force.speaker.id,
    b: other.speaker.id,
  };
}

const q = (pairs) => '?' + new URLSearchParams(pairs).toString();

/**
 * `name` is part of the names of files, `path` leads there without the language. `status` is
 * what the server answers, 200 if it isn't told. `act` does what a reader does there.
 */
export function screens(at) {
  return [
    { name: 'search', path: '/' },
    { name: 'search-words', path: '/' + q({ about: 'محادثات المياه' }) },
    { name: 'search-filters', path: '/' + q([['about', 'المعبر'], ['who', 'بوخماس'], ['from', '2026-01-20'], ['until', '2026-02-28'], ['form', 'quote']]) },
    { name: 'search-empty', path: '/' + q({ about: 'القطب الشمالي', who: 'نادر الصوالحي', outlet: 'موقع سطور' }) },
    { name: 'search-wrong', path: '/' + q({ q: 'date:2026-13 الماء' }), status: 400 },
    { name: 'article', path: `/article/${at.article}` },
    { name: 'article-versions', path: `/article/${at.updated}` },
    { name: 'read', path: '/read' },
    { name: 'read-text', path: '/read', act: readText },
    { name: 'who', path: `/who/${at.speaker}` },
    { name: 'quote', path: `/quote/${at.quote}` },
    { name: 'sides-form', path: '/sides' },
    { name: 'sides', path: '/sides' + q({ a: 'قوات إقليم المرجان', b: 'كتائب الصخر' }) },
    { name: 'events', path: '/events' },
    { name: 'events-filters', path: '/events' + q({ from: '2026-01-20', until: '2026-02-28', type: 'REQUEST' }) },
    { name: 'health', path: '/health' },
    { name: 'corrections', path: '/corrections' },
    { name: 'sign-in', path: '/sign-in' },
    { name: 'api', path: '/api' },
    { name: 'not-found', path: '/article/999999', status: 404 },
  ];
}

const TEXT = `أعلن رئيس بلدية عين السنديان فواز الكايدي، الأحد، أن العمل في الخط الرئيسي سيبدأ في أيار. وقال في مؤتمر صحفي: «وعدتكم ولن أخلف».
ونقلت وكالة الضفاف عن مصدر في الوزارة قوله إن المبلغ لم يصل بعد.`;

async function readText(page) {
  await page.locator('main textarea').fill(TEXT);
  await Promise.all([
    page.waitForNavigation({ waitUntil: 'load' }),
    page.locator('main form:has(textarea) button').first().click(),
  ]);
}
