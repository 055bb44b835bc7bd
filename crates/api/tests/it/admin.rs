//! The administrator's interface: who gets in, and what they can do.

use axum::body::Body;
use http::{Method, Request};
use serde_json::{Value, json};
use tirage_api::clock::Clock as _;
use tirage_api::offer_setup;
use tirage_emulators::{Fault, Faults};
use tirage_testkit::{Exchange, START, TestApp, TestDatabase};

const NAME: &str = "anna";
const PASSWORD: &str = "correct horse battery";
const HOUR: i64 = 3_600_000;

/// A browser on the administrator's pages, with or without a cookie.
async fn browser(
    app: &TestApp,
    method: Method,
    path: &str,
    cookie: &str,
    body: &Value,
) -> Exchange {
    let request = Request::builder()
        .method(method)
        .uri(format!("/admin/api/{path}"))
        .header("host", "localhost")
        .header("content-type", "application/json")
        .header("sec-fetch-site", "same-origin")
        .header("cookie", format!("theme=dark; {cookie}"));
    app.send(request.body(Body::from(body.to_string())).unwrap())
        .await
}

async fn get(app: &TestApp, path: &str, cookie: &str) -> Exchange {
    browser(app, Method::GET, path, cookie, &Value::Null).await
}

async fn post(app: &TestApp, path: &str, cookie: &str, body: &Value) -> Exchange {
    browser(app, Method::POST, path, cookie, body).await
}

fn cookie(answer: &Exchange) -> String {
    let cookie = answer.header("set-cookie").split(';').next();
    cookie.unwrap_or_default().to_owned()
}

async fn token(app: &TestApp) -> Option<String> {
    let link = offer_setup(&app.app).await.unwrap()?;
    let (page, token) = link.reveal().split_once("#token=")?;
    assert_eq!(page, "http://127.0.0.1:8080/admin/setup");
    Some(token.to_owned())
}

/// A service with an administrator, and their cookie.
async fn with_administrator() -> (TestApp, String) {
    let app = TestApp::start().await;
    let cookie = set_up(&app).await;
    (app, cookie)
}

async fn set_up(app: &TestApp) -> String {
    let token = token(app).await.unwrap();
    let setup = json!({ "token": token, "name": NAME, "password": PASSWORD });
    let answer = post(app, "setup", "", &setup).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.json(), json!({ "name": NAME }));
    cookie(&answer)
}

async fn log_in(app: &TestApp, password: &str) -> Exchange {
    post(
        app,
        "login",
        "",
        &json!({ "name": NAME, "password": password }),
    )
    .await
}

#[tokio::test]
async fn the_printed_link_makes_the_first_administrator_once() {
    let app = TestApp::start().await;
    let token = token(&app).await.unwrap();
    let setup = json!({ "token": token, "name": NAME, "password": PASSWORD });
    let forged = json!({ "token": "0".repeat(64), "name": NAME, "password": PASSWORD });
    assert_eq!(
        post(&app, "setup", "", &forged).await.refusal(),
        (403, "forbidden".to_owned())
    );
    for (name, password) in [
        (" ", PASSWORD),
        (NAME, "short"),
        ("long-enough-name", "Long-enough-name"),
    ] {
        let weak = json!({ "token": token, "name": name, "password": password });
        let refusal = post(&app, "setup", "", &weak).await.refusal();
        assert_eq!(refusal, (422, "validation".to_owned()), "{name} {password}");
    }
    assert_eq!(post(&app, "setup", "", &setup).await.status, 200);
    assert_eq!(
        post(&app, "setup", "", &setup).await.refusal(),
        (403, "forbidden".to_owned())
    );
    assert!(self::token(&app).await.is_none());
}

#[tokio::test]
async fn a_link_is_too_old_after_a_quarter_of_an_hour() {
    let app = TestApp::start().await;
    let token = token(&app).await.unwrap();
    app.clock.advance(15 * 60_000);
    let setup = json!({ "token": token, "name": NAME, "password": PASSWORD });
    assert_eq!(
        post(&app, "setup", "", &setup).await.refusal(),
        (403, "forbidden".to_owned())
    );
}

#[tokio::test]
async fn a_login_opens_a_session_and_a_logout_ends_it() {
    let (app, first) = with_administrator().await;
    let answer = log_in(&app, PASSWORD).await;
    let second = cookie(&answer);
    assert_ne!(first, second);
    let attributes = answer.header("set-cookie");
    for attribute in ["Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=604800"] {
        assert!(attributes.contains(attribute), "{attributes}");
    }
    assert_eq!(
        get(&app, "session", &second).await.json(),
        json!({ "name": NAME })
    );
    let out = post(&app, "logout", &second, &json!({})).await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(
        get(&app, "session", &second).await.refusal(),
        (401, "unauthorized".to_owned())
    );
    assert_eq!(get(&app, "session", &first).await.status, 200);
}

#[tokio::test]
async fn with_tls_the_cookie_is_bound_to_the_host() {
    let settings = "[server]\npublic_url = \"https://print.example\"\n";
    let app = TestApp::on(TestDatabase::Sqlite, settings).await;
    let link = offer_setup(&app.app).await.unwrap().unwrap();
    let token = link.reveal().split_once("#token=").unwrap().1;
    let setup = json!({ "token": token, "name": NAME, "password": PASSWORD });
    let answer = post(&app, "setup", "", &setup).await;
    let set = answer.header("set-cookie");
    assert!(set.starts_with("__Host-tirage_admin="), "{set}");
    assert!(set.ends_with("; Secure"), "{set}");
}

#[tokio::test]
async fn a_login_takes_over_no_cookie_that_was_there_before() {
    let (app, before) = with_administrator().await;
    let planted = post(
        &app,
        "login",
        &before,
        &json!({ "name": NAME, "password": PASSWORD }),
    )
    .await;
    assert_ne!(cookie(&planted), before);
    assert_eq!(get(&app, "session", &before).await.status, 401);
    assert_eq!(get(&app, "session", &cookie(&planted)).await.status, 200);
}

#[tokio::test]
async fn a_session_ends_when_idle_and_at_last_anyway() {
    let (app, cookie) = with_administrator().await;
    app.clock.advance(12 * HOUR - 1);
    assert_eq!(get(&app, "session", &cookie).await.status, 200);
    app.clock.advance(12 * HOUR);
    assert_eq!(get(&app, "session", &cookie).await.status, 401);
    let cookie = self::cookie(&log_in(&app, PASSWORD).await);
    let since = app.clock.now();
    while app.clock.now() < since + 7 * 24 * HOUR - 11 * HOUR {
        app.clock.advance(11 * HOUR);
        assert_eq!(get(&app, "session", &cookie).await.status, 200);
    }
    app.clock.advance_to(since + 7 * 24 * HOUR);
    assert_eq!(get(&app, "session", &cookie).await.status, 401);
}

#[tokio::test]
async fn the_sixth_wrong_password_of_a_minute_has_to_wait() {
    let (app, _) = with_administrator().await;
    for _ in 0..5 {
        let answer = log_in(&app, "wrong password!").await;
        assert_eq!(answer.refusal(), (401, "unauthorized".to_owned()));
        assert_eq!(answer.header("set-cookie"), "");
    }
    let answer = log_in(&app, PASSWORD).await;
    assert_eq!(answer.refusal(), (429, "rate_limited".to_owned()));
    assert_eq!(answer.header("retry-after"), "61");
    app.clock.advance(60_000);
    assert_eq!(log_in(&app, PASSWORD).await.status, 200);
}

#[tokio::test]
async fn an_unknown_name_is_answered_like_a_wrong_password() {
    let (app, _) = with_administrator().await;
    let unknown = json!({ "name": "nobody", "password": PASSWORD });
    let unknown = post(&app, "login", "", &unknown).await;
    let wrong = log_in(&app, "wrong password!").await;
    assert_eq!(unknown.text(), wrong.text());
}

#[tokio::test]
async fn every_route_is_closed_to_strangers_and_to_other_sites() {
    let (app, cookie) = with_administrator().await;
    let order = app.order("key-0001").await;
    assert!(order["number"].is_string());
    let routes = [
        (Method::GET, "session"),
        (Method::GET, "orders"),
        (Method::GET, "orders/x"),
        (Method::POST, "deliveries/x"),
    ];
    let planted = format!("tirage_admin={}", "0".repeat(64));
    for (method, path) in routes.clone() {
        for cookie in [
            "",
            "tirage_admin=",
            planted.as_str(),
            "tirage_admin=' or 1=1 --",
        ] {
            let answer = browser(
                &app,
                method.clone(),
                path,
                cookie,
                &json!({ "action": "retry" }),
            )
            .await;
            assert_eq!(
                answer.refusal(),
                (401, "unauthorized".to_owned()),
                "{path} {cookie}"
            );
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        }
    }
    for path in ["setup", "login", "logout", "deliveries/x"] {
        let request = Request::post(format!("/admin/api/{path}"))
            .header("content-type", "application/json")
            .header("cookie", &cookie)
            .header("sec-fetch-site", "cross-site");
        let answer = app.send(request.body(Body::from("{}")).unwrap()).await;
        assert_eq!(answer.refusal(), (403, "forbidden".to_owned()), "{path}");
        let silent = Request::post(format!("/admin/api/{path}")).header("cookie", &cookie);
        let answer = app.send(silent.body(Body::from("{}")).unwrap()).await;
        assert_eq!(answer.refusal(), (403, "forbidden".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn a_form_of_another_site_is_not_json() {
    let (app, cookie) = with_administrator().await;
    let request = Request::post("/admin/api/deliveries/x")
        .header("content-type", "text/plain")
        .header("sec-fetch-site", "same-origin")
        .header("cookie", cookie);
    let answer = app.send(request.body(Body::from("{}")).unwrap()).await;
    assert_eq!(answer.refusal(), (415, "unsupported_media_type".to_owned()));
}

#[tokio::test]
async fn orders_are_listed_page_by_page_the_newest_first() {
    let (app, cookie) = with_administrator().await;
    for order in 0..53 {
        app.clock.advance(1_000);
        app.order(&format!("key-{order:04}")).await;
    }
    let first = get(&app, "orders", &cookie).await.json();
    assert_eq!(first["orders"].as_array().unwrap().len(), 50);
    assert_eq!(first["orders"][0]["number"], "T-10053");
    assert_eq!(first["orders"][0]["customer"], "Анна Печатникова");
    assert_eq!(first["orders"][0]["deliveries"][0]["state"], "pending");
    let next = first["next"].as_str().unwrap();
    let second = get(&app, &format!("orders?before={next}"), &cookie)
        .await
        .json();
    let numbers: Vec<_> = second["orders"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["number"].clone())
        .collect();
    assert_eq!(numbers, ["T-10003", "T-10002", "T-10001"]);
    assert_eq!(second.get("next"), None);
    let found = get(&app, "orders?number=T-10007", &cookie).await.json();
    assert_eq!(found["orders"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_order_is_shown_with_its_attempts_and_history() {
    let (app, cookie) = with_administrator().await;
    app.emulator
        .set_faults(Faults::next([Fault::ErrorAfter.once()]));
    app.order("key-0001").await;
    app.forward().await;
    let list = get(&app, "orders", &cookie).await.json();
    let id = list["orders"][0]["id"].as_str().unwrap();
    let detail = get(&app, &format!("orders/{id}"), &cookie).await.json();
    assert_eq!(detail["customer"]["phone"], "+79000000000");
    assert_eq!(detail["lines"][0]["summary"][0]["value"]["ru"], "600 шт.");
    let delivery = &detail["deliveries"][0];
    assert_eq!(delivery["delivery"]["state"], "done");
    let classes: Vec<_> = delivery["attempts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|attempt| attempt["class"].clone())
        .collect();
    assert_eq!(classes, ["outcome_unknown", "done"]);
    let kinds: Vec<_> = detail["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["kind"].clone())
        .collect();
    assert_eq!(kinds, ["placed", "delivered"]);
    assert_eq!(
        get(&app, "orders/x", &cookie).await.refusal(),
        (404, "not_found".to_owned())
    );
}

#[tokio::test]
async fn an_operator_retries_and_cancels_deliveries() {
    let (app, cookie) = with_administrator().await;
    app.emulator.set_faults(Faults::next([
        Fault::Reject.once(),
        Fault::Unauthorized.once(),
    ]));
    app.order("key-0001").await;
    app.forward().await;
    let list = get(&app, "orders", &cookie).await.json();
    let delivery = &list["orders"][0]["deliveries"][0];
    assert_eq!(
        (&delivery["state"], &delivery["error"]),
        (&json!("dead"), &delivery["error"])
    );
    let path = format!("deliveries/{}", delivery["id"].as_str().unwrap());
    let act = async |action: &str| post(&app, &path, &cookie, &json!({ "action": action })).await;
    assert_eq!(act("retry").await.json()["state"], "pending");
    // The connection refuses our key; once it is mended, "retry" means the connection too.
    app.forward().await;
    assert_eq!(app.forward_until(START + HOUR).await, 0);
    assert_eq!(act("retry").await.json()["state"], "pending");
    app.forward().await;
    assert_eq!(app.emulator.orders().len(), 1);
    assert_eq!(act("cancel").await.refusal(), (409, "conflict".to_owned()));
    assert_eq!(act("burn").await.refusal(), (400, "malformed".to_owned()));
    app.order("key-0002").await;
    let list = get(&app, "orders", &cookie).await.json();
    let second = list["orders"][0]["deliveries"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let cancel = json!({ "action": "cancel" });
    let cancelled = post(&app, &format!("deliveries/{second}"), &cookie, &cancel).await;
    assert_eq!(cancelled.json()["state"], "cancelled");
    assert_eq!(app.forward().await, 0);
    let unknown = post(&app, "deliveries/x", &cookie, &cancel).await;
    assert_eq!(unknown.refusal(), (404, "not_found".to_owned()));
}
