//! Commands through Tauri's own invocation, without a display.

use plaza_shell::bindings;
use plaza_shell::folders::Folders;
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager, WebviewWindowBuilder};

pub(crate) fn app() -> App<MockRuntime> {
    let app = mock_builder()
        .invoke_handler(bindings::builder::<MockRuntime>().invoke_handler())
        .build(mock_context(noop_assets()))
        .expect("the mock runtime starts");
    app.manage(Folders { data: "/data/of/plaza".into() });
    app
}

pub(crate) fn call(app: &App<MockRuntime>, command: &str, body: Value) -> Result<Value, Value> {
    let window = app.get_webview_window("main").unwrap_or_else(|| {
        WebviewWindowBuilder::new(app, "main", tauri::WebviewUrl::default()).build().expect("a mock window")
    });
    let request = InvokeRequest {
        cmd: command.into(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().expect("an address"),
        body: InvokeBody::Json(body),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.into(),
    };
    get_ipc_response(&window, request).map(|answer| answer.deserialize().expect("an answer in JSON"))
}

#[test]
fn about_tells_version_licence_and_folder() {
    let answer = call(&app(), "about_read", json!({})).expect("about answers");
    assert_eq!(answer["data"]["version"], json!(env!("CARGO_PKG_VERSION")));
    assert_eq!(answer["data"]["data_folder"], json!("/data/of/plaza"));
    assert!(answer["data"]["licences"].as_str().is_some_and(|text| text.contains("MIT License")), "{answer}");
}

#[test]
fn an_unknown_command_is_refused() {
    let answer = call(&app(), "people_rank", json!({})).expect_err("there is no such command");
    assert!(answer.to_string().contains("people_rank"), "{answer}");
}
