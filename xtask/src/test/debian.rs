//! The programs that tests need, and on Debian, as root, their installation.

use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};

use crate::shell::{Shell, find_program};

/// A program and where Debian has it.
#[derive(Debug)]
pub(crate) struct Need {
    what: &'static str,
    find: fn() -> Option<PathBuf>,
    packages: &'static [&'static str],
}

impl Need {
    fn is_missing(&self) -> bool {
        (self.find)().is_none()
    }
}

/// What `cargo test` needs.
pub(crate) const NATIVE_TESTS: [Need; 1] = [Need {
    what: "PostgreSQL 14 or newer (the server's programs)",
    find: || postgres_program("initdb"),
    packages: &["postgresql"],
}];

/// What the browser tests need besides.
pub(crate) const BROWSER_TESTS: [Need; 4] = [
    Need {
        what: "Chromium",
        find: chromium,
        packages: &["chromium", "fonts-liberation"],
    },
    Need {
        what: "Firefox",
        find: firefox,
        packages: &["firefox-esr"],
    },
    Need {
        what: "Node.js 18.19 or newer",
        find: || find_program("node"),
        packages: &["nodejs"],
    },
    Need {
        what: "npm",
        find: || find_program("npm"),
        packages: &["npm"],
    },
];

/// A Chromium to drive.
pub(crate) fn chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(find_program)
}

/// A Firefox to drive.
pub(crate) fn firefox() -> Option<PathBuf> {
    ["firefox-esr", "firefox"]
        .into_iter()
        .find_map(find_program)
}

/// One of the server's programs; Debian keeps them out of `PATH`, by version.
pub(crate) fn postgres_program(name: &str) -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|version| {
            let number = version.file_name().to_string_lossy().parse().ok()?;
            Some((number, version.path().join("bin").join(name)))
        })
        .filter(|(_, program)| program.is_file())
        .collect();
    found.sort();
    found
        .pop()
        .map(|(_, program)| program)
        .or_else(|| find_program(name))
}

/// Installs what is missing, or says what to install.
pub(crate) fn install(shell: &Shell, needs: &[Need]) -> anyhow::Result<()> {
    let missing: Vec<&Need> = needs.iter().filter(|need| need.is_missing()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !(is_root() && Path::new("/etc/debian_version").is_file()) {
        let what: Vec<&str> = missing.iter().map(|need| need.what).collect();
        let packages: Vec<&str> = missing
            .iter()
            .flat_map(|need| need.packages)
            .copied()
            .collect();
        bail!(
            "install {} first; on Debian or Ubuntu: sudo apt-get install {}",
            what.join(", "),
            packages.join(" ")
        );
    }
    apt_get(shell, &["update", "-q"])?;
    for Need {
        what,
        find,
        packages,
    } in missing
    {
        // Some packages bring more than one program: npm may have come with Node.js.
        if find().is_none() {
            eprintln!("  installing {} …", packages.join(" "));
            apt_get(
                shell,
                &[&["install", "-qy", "--no-install-recommends"], *packages].concat(),
            )?;
        }
        ensure!(
            find().is_some(),
            "apt-get installed {packages:?} but not {what}"
        );
    }
    Ok(())
}

fn apt_get(shell: &Shell, arguments: &[&str]) -> anyhow::Result<()> {
    let mut command = shell.command("apt-get");
    // Runlevel 1 keeps Debian from starting the servers it installs.
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .env("RUNLEVEL", "1");
    shell.run(command.args(arguments))
}

/// Whether this process may do everything.
pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}
