//! How the product's own programs are started: their command lines, settings and addresses.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context as _;

use crate::shell::Shell;

/// The key of the emulated ASystem, which listens on loopback only.
const EMULATOR_KEY: &str = "asystem-key";
/// The example templates that the demo shop sells.
const SOLD: [&str; 7] = [
    "business-cards",
    "brochures",
    "banners",
    "wall-calendars",
    "document-printing",
    "photo-printing",
    "axiom-hardcover-notepad",
];
/// A category of them, as a shop's settings have it.
const CATEGORY: &str = include_str!("service/category.toml");
const PROBE_LIMIT: Duration = Duration::from_secs(2);

/// A program, and how to tell that it is ready.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) name: &'static str,
    pub(crate) command: Command,
    port: u16,
    path: &'static str,
}

impl Service {
    /// The address that answers 200 once it is ready.
    pub(crate) fn readiness(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.path)
    }

    /// Asks once.
    pub(crate) fn is_ready(&self) -> bool {
        answers_ok(self.port, self.path).unwrap_or(false)
    }
}

/// The ports and the folder of one installation on this machine.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) port: u16,
    pub(crate) emulator_port: u16,
    pub(crate) data: PathBuf,
}

impl Place {
    /// The developer's installation, in `.tirage/`.
    pub(crate) fn new(shell: &Shell, port: u16) -> Place {
        Place {
            port,
            emulator_port: port + 1,
            data: shell.path(".tirage"),
        }
    }

    /// ASystem, emulated.
    pub(crate) fn emulator(&self, shell: &Shell) -> Service {
        let mut command = shell.command(shell.target("debug/tirage-emulators"));
        command.args([
            "asystem",
            "--key",
            EMULATOR_KEY,
            "--port",
            &self.emulator_port.to_string(),
        ]);
        command.arg("--data").arg(self.data.join("asystem"));
        Service {
            name: "the ASystem emulator",
            command,
            port: self.emulator_port,
            path: "/",
        }
    }

    /// The service itself; writes its settings.
    pub(crate) fn api(&self, shell: &Shell, assets: &Path) -> anyhow::Result<Service> {
        let settings = self.data.join("tirage.toml");
        fs::write(&settings, self.settings(assets, &examples(shell)))
            .with_context(|| format!("cannot write `{}`", settings.display()))?;
        let mut command = shell.command(shell.target("debug/tirage"));
        command.args([OsString::from("serve"), "--config".into(), settings.into()]);
        Ok(Service {
            name: "the service",
            command,
            port: self.port,
            path: "/readyz",
        })
    }

    fn settings(&self, assets: &Path, examples: &[PathBuf]) -> String {
        let Place {
            port,
            emulator_port,
            data,
        } = self;
        let database = data.join("tirage.db");
        let mut text = format!(
            "# Written by `cargo xtask run`, every time.\n\
             [server]\n\
             listen = \"127.0.0.1:{port}\"\n\
             public_url = \"http://127.0.0.1:{port}\"\n\
             assets = {assets:?}\n\
             demo = true\n\n\
             [database]\n\
             kind = \"sqlite\"\n\
             path = {database:?}\n\n\
             [[connections]]\n\
             id = \"asystem\"\n\
             kind = \"asystem\"\n\
             api_host = \"http://127.0.0.1:{emulator_port}\"\n\
             api_key = \"{EMULATOR_KEY}\"\n\
             network = {{ allow = [\"127.0.0.1\"], plain_http = true }}\n"
        );
        for (index, template) in examples.iter().enumerate() {
            let key = template.file_stem().unwrap_or_default();
            let position = index + 1;
            let _infallible = write!(
                text,
                "\n[[products]]\nkey = {key:?}\ntemplate = {template:?}\nposition = {position}\n"
            );
            if let Some(list) = price_list(template) {
                let _infallible = writeln!(text, "prices = {{ memory = {list:?} }}");
            }
        }
        text.push_str(CATEGORY);
        text
    }

    /// What a developer opens.
    pub(crate) fn addresses(&self) -> String {
        let Place {
            port,
            emulator_port,
            ..
        } = self;
        format!(
            "\n  shop              http://127.0.0.1:{port}/\
             \n  cart              http://127.0.0.1:{port}/cart\
             \n  embedding         http://127.0.0.1:{port}/hosts/\
             \n  administration    http://127.0.0.1:{port}/admin\
             \n  ASystem, emulated http://127.0.0.1:{emulator_port}/\
             \n\n  Ctrl-C ends all of it; the data stay in .tirage/ (`--reset` removes them).\n"
        )
    }
}

/// Their files, those that are there.
fn examples(shell: &Shell) -> Vec<PathBuf> {
    let folder = shell.path("examples");
    let files = SOLD.map(|name| folder.join(name).with_extension("json"));
    files.into_iter().filter(|file| file.is_file()).collect()
}

/// The price list of a template that has no prices of its own, if there is one.
fn price_list(template: &Path) -> Option<PathBuf> {
    let folder = template.parent()?.join("price-lists");
    let list = folder.join(template.file_name()?);
    list.is_file().then_some(list)
}

/// Whether a server on loopback answers a GET with 200.
fn answers_ok(port: u16, path: &str) -> std::io::Result<bool> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, PROBE_LIMIT)?;
    stream.set_read_timeout(Some(PROBE_LIMIT))?;
    stream.set_write_timeout(Some(PROBE_LIMIT))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    )?;
    let mut head = [0; 12];
    stream.read_exact(&mut head)?;
    Ok(head.ends_with(b" 200"))
}
