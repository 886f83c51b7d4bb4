//! Pages of other sites that want to ask in a reader's name.

use rawi_serve::Options;

use crate::house::{House, TOKEN};

#[tokio::test]
async fn a_name_that_was_made_to_lead_here_is_not_answered() {
    let house = House::open().await;
    let port = house.at.port();
    let ask = async |host: &str| {
        let request = format!("GET /healthz HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
        house.say(request).await.map(|answer| answer.status)
    };
    for ours in [
        format!("Host: 127.0.0.1:{port}\r\n"),
        format!("Host: localhost:{port}\r\n"),
        "Host: LOCALHOST\r\n".to_owned(),
        format!("Host: [::1]:{port}\r\n"),
    ] {
        assert_eq!(ask(&ours).await, Some(200), "{ours}");
    }
    for other in [
        "Host: evil.example\r\n",
        "Host: localhost.evil.example\r\n",
        "Host: 127.0.0.1.evil.example\r\n",
        "Host: evil.example:127.0.0.1\r\n",
        "Host: 8.8.8.8\r\n",
        "Host: [2001:db8::1]\r\n",
        "Host: \r\n",
        "Host: localhost@evil.example\r\n",
        "Host: evil.example\r\nX-Forwarded-Host: localhost\r\n",
        "",
    ] {
        let status = ask(other).await;
        assert!(
            matches!(status, None | Some(400..500)),
            "{other}: {status:?}"
        );
    }
    let named = House::with(|o| o.hosts = vec!["news.example".to_owned()]).await;
    let request = "GET /healthz HTTP/1.1\r\nHost: news.example\r\nConnection: close\r\n\r\n";
    assert_eq!(named.say(request).await.unwrap().status, 200);
}

#[tokio::test]
async fn forms_of_other_origins_are_refused() {
    let house = House::open().await;
    let (host, port) = (house.at, house.at.port());
    let post = async |path: &str, origin: &str| {
        let body = format!("token={TOKEN}&name=evil&text=x");
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\n{origin}Connection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        house.say(request).await.unwrap()
    };
    for path in [
        "/sign-in",
        "/read",
        "/corrections",
        "/api/v1/read",
        "/api/v1/check",
    ] {
        for origin in [
            "Origin: https://evil.example\r\n".to_owned(),
            "Origin: null\r\n".to_owned(),
            // Another server of this machine is somebody else.
            format!("Origin: http://localhost:{}\r\n", port ^ 1),
            "Origin: http://127.0.0.1\r\n".to_owned(),
            format!("Origin: http://127.0.0.1:{port}.evil.example\r\n"),
        ] {
            let answer = post(path, &origin).await;
            assert_eq!(answer.status, 403, "{path} {origin}: {answer:?}");
            assert!(!answer.head.to_ascii_lowercase().contains("set-cookie"));
        }
    }
    let own = post("/read", &format!("Origin: http://{host}\r\n")).await;
    assert_ne!(own.status, 403);
}

#[tokio::test]
async fn answers_say_what_browsers_may_do_with_them() {
    let house = House::open().await;
    for path in [
        "/",
        "/no/such/page",
        "/assets/none",
        "/healthz",
        "/api/v1/openapi.json",
        "/api",
    ] {
        let head = house.get(path).await.head.to_ascii_lowercase();
        for wanted in [
            "content-security-policy: default-src 'none'",
            "frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "referrer-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(head.contains(wanted), "{path}: {wanted}");
        }
        assert!(!head.contains("access-control-allow-origin"), "{path}");
        assert!(!head.contains("unsafe-inline") && !head.contains("unsafe-eval"));
    }
}

#[tokio::test]
async fn no_page_says_the_token() {
    let house = House::open().await;
    for path in ["/sign-in", "/health", "/metrics", "/api", "/corrections"] {
        assert!(!house.get(path).await.body.contains(TOKEN), "{path}");
    }
    // Guessing is no way in, and an empty guess isn't either.
    for guess in ["", "0", &TOKEN[1..], "0123456789abcdef0123456789abcdee"] {
        let body = format!("token={guess}&name=evil");
        let request = format!(
            "POST /sign-in HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {1}\r\n\r\n{body}",
            house.at,
            body.len()
        );
        let answer = house.say(request).await.unwrap();
        assert!(
            !answer
                .head
                .to_ascii_lowercase()
                .contains("set-cookie: rawi-session")
        );
    }
    let told = format!("{:?}", Options::new("news.rawi".into()).token);
    assert_eq!(told, "None");
}
