//! Mermaid's own reader of flowcharts, on a JavaScript engine that is built with the tests: no node, no page, no network.

use rquickjs::{CatchResultExt, Context, Function, Promise, Runtime};
use serde_json::Value;

/// What `tests/mermaid/bundle.mjs` makes of the package `mermaid`.
const READER: &str = include_str!("../mermaid/flowchart.js");
/// Parsers of Mermaid go deep; the engine's own bound is for small devices.
const STACK_BYTES: usize = 1 << 20;

/// Mermaid, ready to read.
pub(crate) struct Mermaid {
    context: Context,
}

impl Mermaid {
    /// Mermaid on an engine of its own.
    pub(crate) fn new() -> Mermaid {
        let runtime = Runtime::new().expect("an engine");
        runtime.set_max_stack_size(STACK_BYTES);
        let context = Context::full(&runtime).expect("an engine's globals");
        context.with(|ctx| ctx.eval::<(), _>(READER).catch(&ctx).unwrap_or_else(|error| panic!("{error}")));
        Mermaid { context }
    }

    /// What Mermaid reads in the text of a diagram: `title`, `direction`, `nodes`, `edges` and `groups`, with the characters
    /// in place of their entity codes; or why it can't.
    pub(crate) fn read(&self, text: &str) -> Result<Value, String> {
        let told = self.context.with(|ctx| {
            let read: Function<'_> =
                ctx.globals().get("readDiagram").catch(&ctx).map_err(|why| why.to_string())?;
            let promise: Promise<'_> = read.call((text,)).catch(&ctx).map_err(|why| why.to_string())?;
            promise.finish::<String>().catch(&ctx).map_err(|why| why.to_string())
        });
        let mut value: Value = serde_json::from_str(&told?).map_err(|why| why.to_string())?;
        // A group where an edge begins is told among the nodes, too.
        let groups = value["groups"].clone();
        let is_group = |node: &Value| {
            groups.as_array().is_some_and(|all| all.iter().any(|group| group["id"] == node["id"]))
        };
        if let Some(nodes) = value["nodes"].as_array_mut() {
            nodes.retain(|node| !is_group(node));
        }
        for list in ["nodes", "edges", "groups"] {
            decode(&mut value[list]);
        }
        Ok(value)
    }
}

/// The characters of entity codes, in all texts of a value. Mermaid keeps a code as its number between marks until it draws.
fn decode(value: &mut Value) {
    match value {
        Value::String(text) => *text = decoded(text),
        Value::Array(items) => items.iter_mut().for_each(decode),
        Value::Object(fields) => fields.values_mut().for_each(decode),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn decoded(text: &str) -> String {
    let mut parts = text.split("ﬂ°°");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once("¶ß").unwrap_or_else(|| panic!("a code without an end: {text}"));
        let character = code.parse().ok().and_then(char::from_u32);
        whole.push(character.unwrap_or_else(|| panic!("no code of a character: {code}")));
        whole.push_str(rest);
    }
    whole
}
