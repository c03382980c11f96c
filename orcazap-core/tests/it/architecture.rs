//! The arrows between the crates, as the design draws them: read from
//! `cargo metadata`, so that a forbidden edge fails the moment it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// What waits, reads, asks the time or rolls dice; none of it may be anywhere
/// below the core.
const NOT_PURE: &[&str] = &[
    "async-std",
    "fastrand",
    "fred",
    "futures-core",
    "futures-util",
    "getrandom",
    "hyper",
    "mio",
    "rand",
    "reqwest",
    "rustls",
    "smol",
    "socket2",
    "sqlx",
    "sqlx-core",
    "tokio",
];

struct Graph {
    /// For each package: the packages it needs when built for use.
    needs: BTreeMap<String, BTreeSet<String>>,
    metadata: Value,
}

impl Graph {
    fn of_workspace() -> Self {
        let platform = host();
        let output = cargo(&[
            "metadata",
            "--format-version",
            "1",
            "--offline",
            "--filter-platform",
            &platform,
        ]);
        let metadata: Value = serde_json::from_str(&output).expect("metadata is JSON");
        let nodes = metadata["resolve"]["nodes"].as_array().expect("a resolved graph");
        let mut needs: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for node in nodes {
            let deps = node["deps"].as_array().expect("dependencies");
            // Dependencies of tests alone draw no arrow.
            let used = deps.iter().filter(|dep| {
                let kinds = dep["dep_kinds"].as_array().expect("kinds");
                kinds.iter().any(|kind| kind["kind"].is_null())
            });
            let names = used.map(|dep| package_name(dep["pkg"].as_str().expect("an id")));
            needs
                .entry(package_name(node["id"].as_str().expect("an id")))
                .or_default()
                .extend(names);
        }
        Self { needs, metadata }
    }

    fn direct(&self, name: &str) -> &BTreeSet<String> {
        self.needs.get(name).unwrap_or_else(|| panic!("no package {name}"))
    }

    fn ours(&self, name: &str) -> Vec<&str> {
        let below = self.direct(name).iter().map(String::as_str);
        below.filter(|below| below.starts_with("orcazap")).collect()
    }
}

/// Other platforms' packages need not have been downloaded.
fn host() -> String {
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("cargo names its host").to_owned()
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}

/// `path+file:///x/orcazap-core#0.1.0` and `registry+…#serde@1.0.0` name a package.
fn package_name(id: &str) -> String {
    let (source, fragment) = id.split_once('#').expect("a fragment");
    match fragment.split_once('@') {
        Some((name, _)) => name.to_owned(),
        None => source.rsplit('/').next().expect("a folder").to_owned(),
    }
}

#[test]
fn arrows_between_the_crates_run_one_way() {
    let graph = Graph::of_workspace();
    assert_eq!(graph.ours("orcazap-core"), [""; 0]);
    assert_eq!(graph.ours("orcazap-store"), ["orcazap-core"]);
    assert_eq!(graph.ours("orcazap-whatsapp"), ["orcazap-core"]);
    for package in graph.needs.keys().filter(|name| name.starts_with("orcazap")) {
        assert!(!graph.ours(package).contains(&"orcazap-server"), "{package} needs the server");
    }
}

#[test]
fn nothing_below_the_core_waits_or_rolls_dice() {
    // The tree of the core alone: in the workspace, others switch features of
    // shared packages on.
    let tree =
        cargo(&["tree", "--offline", "-p", "orcazap-core", "-e", "normal", "--prefix", "none"]);
    let below: BTreeSet<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    let impure: Vec<_> = NOT_PURE.iter().filter(|name| below.contains(**name)).collect();
    assert!(impure.is_empty(), "below orcazap-core: {impure:?}");
    assert!(below.contains("chrono"), "no tree was read: {below:?}");
}

#[test]
fn the_core_takes_chrono_without_its_clock() {
    let graph = Graph::of_workspace();
    let packages = graph.metadata["packages"].as_array().expect("packages");
    let core = packages.iter().find(|package| package["name"] == "orcazap-core").expect("the core");
    let needs = core["dependencies"].as_array().expect("dependencies");
    let chrono = needs.iter().find(|need| need["name"] == "chrono").expect("chrono");
    assert_eq!(chrono["uses_default_features"], false);
    let features = chrono["features"].as_array().expect("features");
    assert!(!features.iter().any(|feature| feature == "clock" || feature == "now"), "{features:?}");
}
