// An archive of the samples in a folder of its own, and `rawi serve` over it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { RAWI, SAMPLES } = process.env;
const PATIENCE = 60_000;

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The hits of a question that finds something. */
function asked(archive, ...question) {
  const args = ['ask', ...question, '--format', 'jsonl', '--archive', archive];
  const out = execFileSync(RAWI, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const hits = out.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
  if (hits.length === 0) throw new Error(`the samples hold no statement for ${question.join(' ')}`);
  return hits;
}

export async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'rawi-browser-'));
  const archive = join(folder, 'samples.rawi');
  execFileSync(RAWI, ['ingest', SAMPLES, '--archive', archive], { stdio: 'ignore' });

  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const token = 'a-token-of-the-browser-tests';
  const child = spawn(RAWI, ['serve', '--archive', archive, '--listen', `127.0.0.1:${port}`, '--rate', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, RAWI_TOKEN: token },
  });
  let said = '';
  child.stdout.on('data', (part) => (said += part));
  child.stderr.on('data', (part) => (said += part));
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));

  const stop = async () => {
    child.kill('SIGTERM');
    const code = await ended;
    rmSync(folder, { recursive: true, force: true });
    return code;
  };
  const since = Date.now();
  for (;;) {
    if (child.exitCode !== null) throw new Error(`rawi serve ended at once:\n${said}`);
    if (Date.now() - since > PATIENCE) {
      await stop();
      throw new Error(`rawi serve does not answer:\n${said}`);
    }
    try {
      if ((await fetch(`${origin}/healthz`)).ok) break;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { origin, archive, token, stop, said: () => said, asked: (...q) => asked(archive, ...q) };
}
