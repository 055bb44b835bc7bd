//! Every case file of the repository through the harness that the browser runs too.

use tirage_pricing::json::{FromJson, Json, Node, ToJson};
use tirage_pricing::{Answer, Answers, Decimal, Template};
use tirage_pricing_web::{
    case_files, compile, records, run_cases, run_compiled, sample, seeds, written,
};
use tirage_wire::quote::Quote;

#[test]
fn every_case_comes_out_as_it_says() {
    let mut passed = 0;
    for file in case_files().unwrap() {
        let report = Json::parse(&run_cases(&file.cases, &file.template)).unwrap();
        assert_eq!(report.get("error"), None, "{}", file.name);
        let root = Node::root(&report);
        for case in root.field("cases").unwrap().items().unwrap() {
            let name = case.field("name").unwrap().text().unwrap();
            let mismatches = case.field("mismatches").unwrap().list::<String>().unwrap();
            assert!(
                mismatches.is_empty(),
                "{}: {name}: {mismatches:?}",
                file.name
            );
        }
        passed += root.field("passed").unwrap().integer::<usize>().unwrap();
    }
    assert_eq!(passed, 244);
}

#[test]
fn every_case_comes_out_the_same_by_the_compiled_template() {
    for file in case_files().unwrap() {
        let program = compile(&file.template);
        let compiled = run_compiled(&file.cases, &program);
        assert!(
            compiled == run_cases(&file.cases, &file.template),
            "{}",
            file.name
        );
    }
}

#[test]
fn a_wrong_expectation_is_reported_with_both_numbers() {
    let files = case_files().unwrap();
    let file = files
        .iter()
        .find(|file| file.name == "published-photo.json")
        .unwrap();
    let cases = file
        .cases
        .replace("\"115\"", "\"116\"")
        .replace("\"345\"", "\"346\"");
    let report = Json::parse(&run_cases(&cases, &file.template)).unwrap();
    assert_eq!(report.get("passed"), Some(&Json::integer(0)));
    let mismatches = r#""mismatches":["`total`: expected 346, found 345","`lines/urgency/amount`: expected 116, found 115","`exact`: expected 346, found 345"]"#;
    assert!(report.to_string().contains(mismatches), "{report}");
}

#[test]
fn a_quote_is_written_with_the_bytes_that_the_wire_has_for_it() {
    let runs = [1, 500, 100_000].map(Decimal::from);
    for file in case_files().unwrap() {
        let template = Template::unpack_for_good(&compile(&file.template)).unwrap();
        let cases = Json::parse(&file.cases).unwrap();
        let root = Node::root(&cases);
        for case in root.field("cases").unwrap().items().unwrap() {
            let mut answers = Answers::from_json(&case.field("answers").unwrap()).unwrap();
            answers.set("no\tsuch \"thing\"", Answer::List(vec!["\u{1}".to_owned()]));
            for runs in [&[][..], &runs] {
                let quote = template.quote(&answers, runs);
                let wire = Quote::of(template, &quote).to_json().to_string();
                assert_eq!(written(template, &quote), wire, "{}", file.name);
            }
        }
    }
}

#[test]
fn most_random_templates_load_and_price() {
    let (mut loaded, mut priced) = (0, 0);
    let all = seeds().count();
    for seed in seeds() {
        let sample = sample(seed);
        let Ok(template) = Template::parse(&sample.template) else {
            continue;
        };
        loaded += 1;
        let has_price = sample.quotes.iter().any(|(answers, _)| {
            let answers = Answers::from_json(&Node::root(answers)).unwrap();
            template.quote(&answers, &[]).runs[0].price.is_some()
        });
        priced += usize::from(has_price);
    }
    // One in ten is damaged; the rest would prove little if they were refused too.
    assert!(loaded * 100 >= all * 85, "{loaded} of {all} load");
    assert!(priced * 100 >= all * 40, "{priced} of {all} have a price");
}

#[test]
fn a_random_template_prices_the_same_when_compiled() {
    for seed in seeds() {
        let record = records::of_seed(seed);
        let root = Node::root(&record);
        let text = |field| root.field(field).unwrap().text().unwrap().to_owned();
        let program = compile(&text("template"));
        if program.is_empty() {
            assert!(text("report").starts_with(r#"{"error":"#), "seed {seed}");
            continue;
        }
        let report = run_compiled(&text("cases"), &program);
        assert!(report == text("report"), "seed {seed}");
        let template = Template::unpack_for_good(&program).unwrap();
        for quote in root.field("quotes").unwrap().items().unwrap() {
            let answers = Answers::from_json(&quote.field("answers").unwrap()).unwrap();
            let runs: Vec<Decimal> = quote.field("runs").unwrap().list().unwrap();
            let again = written(template, &template.quote(&answers, &runs));
            let expected = quote.field("quote").unwrap();
            assert!(again == expected.text().unwrap(), "seed {seed}");
        }
    }
}
