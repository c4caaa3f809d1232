//! A company as it was pulled: its journeys, and how to compare them with those that came another way.

use std::collections::BTreeMap;

use plaza_connect::system::{PresetStream, What};
use plaza_domain::journey::{Journey, Milestone};
use plaza_engine::connection::keep_secret;
use plaza_engine::journey::pack::unpack;
use plaza_engine::pull::PullReport;

use crate::bench::Bench;

/// A journey with its texts: customer, product, product group, currency.
pub(crate) type Told = (Journey, [String; 4]);

/// Journeys by order and line.
pub(crate) type Company = BTreeMap<(String, String), Told>;

/// Pulls an integration into a workspace of its own, on a day. What is a secret stands in the keyring.
pub(crate) fn pulled(day: &str, toml: &str, secret: (&str, &str)) -> (Bench, PullReport) {
    let bench = Bench::of(&["finance", "logistics", "production", "sales"]);
    bench.set_day(day);
    keep_secret(&bench.workspace, "erp", secret.0, Some(secret.1.into())).unwrap();
    let report = bench.pull(toml);
    (bench, report)
}

/// Every journey of a workspace.
pub(crate) fn journeys(bench: &Bench) -> Company {
    let reader = bench.workspace.intake_reader().unwrap();
    let mut company = Company::new();
    reader
        .view()
        .each_journey(0, i64::MAX, |_, _, body| {
            let (journey, texts) = unpack(body).expect("a journey reads back");
            let told = [texts.customer, texts.product, texts.product_group, texts.currency];
            let name = (texts.order.to_owned(), texts.line.to_owned());
            assert!(company.insert(name, (journey, told.map(str::to_owned))).is_none(), "every line once");
            Ok::<_, plaza_store::intake::IntakeError>(())
        })
        .unwrap();
    company
}

/// Two ways gave the same; where they did not, the first line that differs is told.
pub(crate) fn agree(one: (&str, &Company), other: (&str, &Company)) {
    let ((one_name, one), (other_name, other)) = (one, other);
    for (name, told) in one {
        assert_eq!(other.get(name), Some(told), "line {name:?}: {other_name} beside {one_name}");
    }
    assert_eq!(one.len(), other.len(), "{other_name} beside {one_name}");
}

/// Lines delivered in full, and of them those on or before the promise.
pub(crate) fn in_full_and_kept(company: &Company) -> (usize, usize) {
    let in_full: Vec<&Journey> = company
        .values()
        .map(|(journey, _)| journey)
        .filter(|journey| {
            let quantities = journey.ordered_quantity.zip(journey.delivered_quantity);
            journey.actual[Milestone::Delivered].is_some()
                && quantities.is_some_and(|(ordered, delivered)| ordered > 0 && delivered >= ordered)
        })
        .collect();
    let kept = in_full.iter().filter(|journey| {
        let both = journey.actual[Milestone::Delivered].zip(journey.promised);
        both.is_some_and(|(delivered, promised)| delivered <= promised)
    });
    (in_full.len(), kept.count())
}

/// The legs behind the delivery, in a route of [`of_preset`].
pub(crate) const BEHIND_DELIVERY: &str =
    ", { to = \"invoiced\", department = \"finance\" }, { to = \"paid\", department = \"finance\" }";

/// An integration with the streams of a preset. `from` says what is asked for each.
pub(crate) fn of_preset(
    connection: &str,
    preset: &[PresetStream],
    from: impl Fn(&PresetStream) -> String,
) -> String {
    let mut toml = format!(
        "id = \"erp\"\nname = \"ERP\"\nsystem = \"ERP\"\n\n[connection]\n{connection}\n\n[route]\npromised_by = \"sales\"\n\
         legs = [{{ to = \"produced\", department = \"production\" }}, {{ to = \"delivered\", department = \"logistics\" }}{BEHIND_DELIVERY}]\n\n\
         [[standard]]\ndays = {{ produced = 7, delivered = 3, invoiced = 3, paid = 30 }}\n"
    );
    for stream in preset {
        toml +=
            &format!("\n[[stream]]\nname = \"{}\"\ndelivery = \"increment\"\n\n[stream.from]\n", stream.name);
        toml += &format!("{}\n\n[stream.fields]\n", from(stream));
        for field in &stream.fields {
            let column = format!("\"{}\"", field.column);
            let values: Vec<String> = field
                .words
                .iter()
                .map(|(word, status)| format!("{word} = \"{}\"", format!("{status:?}").to_lowercase()))
                .collect();
            toml += &match values.is_empty() {
                true => format!("{} = {column}\n", word(field.field)),
                false => format!(
                    "{} = {{ column = {column}, values = {{ {} }} }}\n",
                    word(field.field),
                    values.join(", ")
                ),
            };
        }
    }
    toml
}

/// A field's name in a definition.
fn word(field: plaza_domain::record::Field) -> String {
    serde_json::to_value(field).unwrap().as_str().unwrap().to_owned()
}

/// What a preset asks for, by the system's own names.
pub(crate) fn as_it_is(stream: &PresetStream) -> String {
    let What::Named(name) = &stream.what else { panic!("a preset names what it asks for") };
    format!("name = '{name}'\ncursor = \"{}\"\nkey = \"id\"\noverlap_minutes = 5", stream.cursor.field)
}
