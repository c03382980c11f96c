//! Each program that embeds the core does what it says, run as a reader would run it.

#![cfg(test)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// Starts an example; cargo builds it first where that has not been done.
fn start(name: &str, arguments: &[&str]) -> Child {
    start_reading(name, arguments, Stdio::null())
}

/// The same, with something on its standard input.
fn start_reading(name: &str, arguments: &[&str], input: Stdio) -> Child {
    Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "orcazap-examples", "--example", name, "--"])
        .args(arguments)
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What an example prints. It must end well, and print all of these.
#[track_caller]
fn check(name: &str, arguments: &[&str], expected: &[&str]) {
    ends_well(name, start(name, arguments), expected);
}

#[track_caller]
fn ends_well(name: &str, example: Child, expected: &[&str]) {
    let output = example.wait_with_output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{name}: {printed}{told}");
    for text in expected {
        assert!(printed.contains(text), "{text:?} in\n{printed}");
    }
}

#[test]
fn the_calculator_explains_every_figure() {
    let arguments = ["CIM=30", "ARE=0.5", "--bairro", "Centro", "--pay", "pix"];
    check(
        "price_calculator",
        &arguments,
        &[
            "30 sacos",
            "Frete para o bairro Centro",
            "Total: ",
            "Margem: ",
            "o mínimo da loja é 15%",
        ],
    );
}

#[test]
fn the_calculator_says_what_is_wrong_and_how_it_is_used() {
    for (arguments, expected) in [
        (&["XXX=1"][..], "the catalogue has no product XXX"),
        (&["CIM"], "an item looks like CIM=30"),
        (&["CIM=0,5"], "\"0,5\""),
        (&["CIM=1", "--pay", "fiado"], "store_credit"),
        (&["CIM=1", "--pay", "pix:3"], "pix is not paid in instalments"),
        (&["--help"], "credit_card:3"),
    ] {
        let output = start("price_calculator", arguments).wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && told.contains(expected), "{arguments:?}: {told}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn the_what_if_report_is_a_table_with_its_sum() {
    check(
        "what_if",
        &[],
        &["difference", "14,77% → 11,07%  needs a person from now on", "sum    R$ 13.761,62"],
    );
}

#[test]
fn the_scripted_customer_buys() {
    check("conversation", &[], &["Pedido fechado: R$ 939,55", "order 1042/1 placed"]);
}

#[test]
fn a_message_is_read_with_its_words() {
    check("read_message", &["2 sacos de cimento no pix"], &["CIM"]);
}

#[test]
fn what_was_understood_is_underlined_in_its_color() {
    let catalog = "../orcazap-core/tests/corpus/catalog.csv";
    let mut example = start_reading("underline", &[catalog], Stdio::piped());
    let mut input = example.stdin.take().unwrap();
    input.write_all("oi, 10 sacos de cimento, 500 tijolo\n1 betoneira\n".as_bytes()).unwrap();
    drop(input);
    let understood =
        "oi, \u{1b}[4;32m10 sacos de cimento\u{1b}[0m, \u{1b}[4;33m500 tijolo\u{1b}[0m";
    let expected = [understood, "10 × Cimento", "tijolo: ", " / ", "\u{1b}[4;31m1 betoneira"];
    ends_well("underline", example, &expected);
}

#[test]
fn a_file_is_looked_up_and_downloaded_within_its_bound() {
    check(
        "download_media",
        &[],
        &[
            "application/pdf of 22 bytes",
            "%PDF-1.7 lista da obra",
            "refused: a file has at most 10 bytes, found 22",
        ],
    );
}

/// Ends a server whatever becomes of its test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_http_handler_answers_over_http() {
    let mut server = Server(start("http_handler", &["127.0.0.1:0"]));
    let mut line = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on ").unwrap();
    let words = "10 sacos de cimento, retiro aí, no pix";
    let mut connection = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST / HTTP/1.1\r\nhost: loja\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        words.len()
    );
    connection.write_all(format!("{head}{words}").as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(answer.contains(r#""total":"399.00""#), "{answer}");
}
