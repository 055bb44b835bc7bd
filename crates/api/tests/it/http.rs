//! What every answer has: headers, limits, and a proper refusal whatever goes wrong.

use axum::body::Body;
use http::{Method, Request};
use serde_json::json;
use tirage_api::server::Phase;
use tirage_testkit::{Exchange, TestApp, TestDatabase};

async fn ask(app: &TestApp, method: Method, path: &str, headers: &[(&str, &str)]) -> Exchange {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::empty()).unwrap()).await
}

/// A directory as the build leaves it.
fn assets() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let files = [
        ("v/1.2.3/tirage.js", "// exact"),
        ("v/1.2.3/tirage_app_bg.wasm", "\0asm"),
        ("v1/tirage.js", "// newest"),
        ("v1/tirage.js.br", "compressed"),
        ("v1/compat.js", "// earlier embeds"),
        ("demo/index.html", "<!doctype html>shop"),
        ("demo/product.html", "<!doctype html>product"),
        ("demo/cart.html", "<!doctype html>cart"),
        ("demo/order.html", "<!doctype html>order"),
        ("demo/shop.css", "body{}"),
        ("frame/index.html", "<!doctype html>frame"),
        ("hosts/index.html", "<!doctype html>hosts"),
        ("hosts/plain.html", "<!doctype html>plain"),
        ("admin/index.html", "<!doctype html>admin"),
        ("admin/admin.js", "// admin"),
    ];
    for (name, text) in files {
        let path = directory.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    directory
}

async fn with_assets(demo: bool) -> (TestApp, tempfile::TempDir) {
    let assets = assets();
    let path = assets.path();
    let settings = format!("[server]\nassets = {path:?}\ndemo = {demo}\n");
    (TestApp::on(TestDatabase::Sqlite, &settings).await, assets)
}

#[tokio::test]
async fn every_answer_has_a_name_and_keeps_browsers_from_guessing() {
    let (app, _assets) = with_assets(true).await;
    let mut names = std::collections::BTreeSet::new();
    for path in [
        "/livez",
        "/v1/calculators",
        "/nothing",
        "/",
        "/v1/tirage.js",
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_ne!(answer.header("referrer-policy"), "", "{path}");
        names.insert(answer.header("x-request-id").to_owned());
    }
    assert_eq!(names.len(), 5);
}

#[tokio::test]
async fn only_pages_that_show_a_frame_may_stand_in_one_of_ours() {
    let (app, _assets) = with_assets(true).await;
    for path in ["/hosts/", "/hosts/plain.html"] {
        let answer = app.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("frame-ancestors 'self'"),
            "{path}: {policy}"
        );
        assert!(policy.contains("default-src 'self'"), "{path}: {policy}");
    }
    for path in ["/hosts/none.html", "/hosts/../admin"] {
        let answer = app.get(path).await;
        assert_ne!(answer.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_frame_may_be_held_by_exactly_the_shops_origins() {
    let assets = assets();
    let settings = format!(
        "[server]\nassets = {:?}\n[shop]\nallowed_origins = [\"https://shop.example\"]\n",
        assets.path()
    );
    let app = TestApp::on(TestDatabase::Sqlite, &settings).await;
    let page = app.get("/v1/frame/cards").await;
    assert_eq!(page.text(), "<!doctype html>frame");
    let policy = page.header("content-security-policy");
    let (_, holders) = policy.split_once("frame-ancestors ").unwrap();
    let holders: Vec<&str> = holders.split(' ').collect();
    let list = app.get("/v1/frame-origins").await.text();
    assert!(holders.contains(&"https://shop.example"), "{policy}");
    assert_eq!(holders.len(), 2, "{policy}");
    for holder in holders {
        assert!(list.contains(&format!("{holder:?}")), "{holder}: {list}");
    }
}

#[tokio::test]
async fn pages_are_under_a_strict_policy() {
    let (app, _assets) = with_assets(true).await;
    let pages = [
        ("/", "shop"),
        ("/products/cards", "product"),
        ("/cart", "cart"),
        ("/orders/some-token", "order"),
        ("/admin", "admin"),
        ("/admin/", "admin"),
        ("/admin/setup", "admin"),
        ("/admin/orders/1", "admin"),
    ];
    for (path, text) in pages {
        let answer = app.get(path).await;
        assert_eq!(answer.text(), format!("<!doctype html>{text}"), "{path}");
        let policy = answer.header("content-security-policy");
        for rule in [
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(rule), "{path}: {rule} is not in {policy}");
        }
        assert!(!policy.contains("unsafe-inline"), "{path}: {policy}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    }
}

#[tokio::test]
async fn files_are_kept_as_long_as_their_name_allows() {
    let (app, _assets) = with_assets(true).await;
    let files = [
        (
            "/v/1.2.3/tirage.js",
            "text/javascript",
            "public, max-age=31536000, immutable",
            "*",
        ),
        (
            "/v/1.2.3/tirage_app_bg.wasm",
            "application/wasm",
            "public, max-age=31536000, immutable",
            "*",
        ),
        (
            "/v1/tirage.js",
            "text/javascript",
            "public, max-age=300, stale-while-revalidate=604800",
            "*",
        ),
        ("/demo/shop.css", "text/css", "no-cache", ""),
        ("/admin/admin.js", "text/javascript", "no-cache", ""),
    ];
    for (path, media, caching, shared) in files {
        let answer = app.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.header("content-type").starts_with(media), "{path}");
        assert_eq!(answer.header("cache-control"), caching, "{path}");
        assert_eq!(
            answer.header("access-control-allow-origin"),
            shared,
            "{path}"
        );
    }
    let compressed = ask(
        &app,
        Method::GET,
        "/v1/tirage.js",
        &[("accept-encoding", "br")],
    )
    .await;
    assert_eq!(compressed.header("content-encoding"), "br");
    assert_eq!(compressed.text(), "compressed");
    let head = ask(&app, Method::HEAD, "/v1/tirage.js", &[]).await;
    assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
}

#[tokio::test]
async fn nothing_outside_the_directory_is_a_file() {
    let (app, assets) = with_assets(true).await;
    std::fs::write(assets.path().join("secret.txt"), "secret").unwrap();
    let paths = [
        "/v1/../secret.txt",
        "/v1/%2e%2e/secret.txt",
        "/v1/..%2fsecret.txt",
        "/demo/%2e%2e%2fsecret.txt",
        "/admin/..%5csecret.txt",
        "/v1/",
        "/v1/missing.js",
        "/admin/missing.wasm",
        "/secret.txt",
    ];
    for path in paths {
        let answer = app.get(path).await;
        assert!(!answer.text().contains("secret"), "{path}");
        assert_eq!(answer.refusal(), (404, "not_found".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn without_the_demo_there_is_no_shop_but_the_administration() {
    let (app, _assets) = with_assets(false).await;
    for path in [
        "/",
        "/products/cards",
        "/cart",
        "/orders/token",
        "/demo/shop.css",
    ] {
        assert_eq!(app.get(path).await.status, 404, "{path}");
    }
    assert_eq!(app.get("/admin").await.status, 200);
}

#[tokio::test]
async fn a_wrong_method_is_told_which_ones_are_right() {
    let app = TestApp::start().await;
    let table = [
        (Method::GET, "/v1/quote", "POST"),
        (Method::DELETE, "/v1/orders", "POST"),
        (Method::PUT, "/v1/orders/token", "GET,HEAD"),
        (Method::POST, "/v1/calculators", "GET,HEAD"),
        (Method::PATCH, "/readyz", "GET,HEAD"),
    ];
    for (method, path, allowed) in table {
        let answer = ask(&app, method.clone(), path, &[]).await;
        assert_eq!(
            answer.refusal(),
            (405, "method_not_allowed".to_owned()),
            "{method} {path}"
        );
        assert_eq!(answer.header("allow"), allowed, "{method} {path}");
    }
}

#[tokio::test]
async fn a_body_that_is_not_plain_json_is_refused() {
    let app = TestApp::start().await;
    let tables: [&[(&str, &str)]; 5] = [
        &[],
        &[("content-type", "text/plain")],
        &[("content-type", "application/x-www-form-urlencoded")],
        &[("content-type", "application/jsonp")],
        &[
            ("content-type", "application/json"),
            ("content-encoding", "gzip"),
        ],
    ];
    for headers in tables {
        let answer = ask(&app, Method::POST, "/v1/quote", headers).await;
        assert_eq!(
            answer.refusal(),
            (415, "unsupported_media_type".to_owned()),
            "{headers:?}"
        );
    }
    let right = [("content-type", "application/JSON; charset=utf-8")];
    let answer = ask(&app, Method::POST, "/v1/quote", &right).await;
    assert_eq!(answer.refusal(), (400, "malformed".to_owned()));
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let app = TestApp::start().await;
    let filling = |bytes: usize| format!("{{\"answers\":{{\"a\":\"{}\"}}}}", "x".repeat(bytes));
    let answer = app.post("/v1/quote", &filling(64 * 1024)).await;
    assert_eq!(answer.refusal(), (413, "too_large".to_owned()));
    let answer = app.post("/v1/quote", &filling(60 * 1024)).await;
    assert_eq!(answer.refusal(), (422, "validation".to_owned()));
    let answer = app.submit("key-0001", &filling(256 * 1024)).await;
    assert_eq!(answer.refusal(), (413, "too_large".to_owned()));
}

#[tokio::test]
async fn a_hostile_document_is_refused_quickly() {
    let app = TestApp::start().await;
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    let not_utf8 = {
        let request = Request::post("/v1/quote").header("content-type", "application/json");
        app.send(request.body(Body::from(vec![b'"', 0xff, b'"'])).unwrap())
            .await
    };
    assert_eq!(not_utf8.refusal(), (400, "malformed".to_owned()));
    for body in [deep.as_str(), "", "\u{feff}", "\"\\ud800\"", "nul", "[1,]"] {
        let answer = app.post("/v1/quote", body).await;
        assert_eq!(answer.refusal(), (400, "malformed".to_owned()));
    }
}

#[tokio::test]
async fn only_the_shops_origins_may_read_answers() {
    let settings = "[shop]\nallowed_origins = [\"https://shop.example\"]\n";
    let app = TestApp::on(TestDatabase::Sqlite, settings).await;
    let allowed = async |origin: &str| {
        let get = ask(&app, Method::GET, "/v1/calculators", &[("origin", origin)]).await;
        let preflight = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            (
                "access-control-request-headers",
                "content-type,idempotency-key",
            ),
        ];
        let preflight = ask(&app, Method::OPTIONS, "/v1/orders", &preflight).await;
        let header = "access-control-allow-origin";
        assert_eq!(get.header(header), preflight.header(header), "{origin}");
        assert_eq!(get.header("access-control-allow-credentials"), "");
        get.header(header).to_owned()
    };
    for origin in ["https://shop.example", "http://127.0.0.1:8080"] {
        assert_eq!(allowed(origin).await, origin);
    }
    for origin in [
        "https://shop.example.evil.net",
        "http://shop.example",
        "https://evil.net",
        "null",
        "https://shop.example:8443",
    ] {
        assert_eq!(allowed(origin).await, "", "{origin}");
    }
}

#[tokio::test]
async fn readiness_tells_the_truth_and_a_print_house_that_is_down_is_no_part_of_it() {
    let app = TestApp::start().await;
    app.emulator.set_faults(tirage_emulators::Faults::always(
        tirage_emulators::Fault::Down,
    ));
    app.order("key-0001").await;
    app.forward_until(tirage_testkit::START + 60_000).await;
    assert_eq!(app.get("/readyz").await.status, 200);
    app.control.advance(Phase::Draining);
    let answer = app.get("/readyz").await;
    assert_eq!(answer.refusal(), (503, "unavailable".to_owned()));
    assert_eq!(answer.header("retry-after"), "1");
    // Who is here already is still served.
    assert_eq!(app.get("/livez").await.status, 200);
    let quote = json!({ "product": "cards", "answers": {} });
    assert_eq!(app.post("/v1/quote", &quote.to_string()).await.status, 200);
}

#[tokio::test]
async fn a_database_that_is_gone_is_unavailable_and_not_a_fault() {
    let app = TestApp::start().await;
    let cart = app.cart().await.text();
    app.app.storage.close().await;
    for answer in [
        app.get("/readyz").await,
        app.submit("key-0001", &cart).await,
    ] {
        assert_eq!(answer.refusal(), (503, "unavailable".to_owned()));
        assert_eq!(answer.header("retry-after"), "1");
    }
    assert_eq!(app.get("/livez").await.status, 200);
}

#[tokio::test]
async fn addresses_of_earlier_embeds_give_their_script_to_any_page() {
    let (app, _assets) = with_assets(false).await;
    for path in [
        "/api/calc/externalCalc",
        "/api/calc/externalCalc?cssLink=/a.css&photolabId=3264&isAdminPanel=true",
        "/api/poly1c/calculator/external",
        "/api/asystem/calculator/external",
        "/api/axiom/calculator/external",
        "/api/helloprint/calculator/external",
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.text(), "// earlier embeds", "{path}");
        assert_eq!(answer.header("content-type"), "text/javascript", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
    }
    assert_eq!(app.get("/api/other/calculator/external").await.status, 404);
}
