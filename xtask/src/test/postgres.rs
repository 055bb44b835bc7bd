//! A PostgreSQL server of the tests' own, on a free port, gone afterwards.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use super::debian::{is_root, postgres_program};
use super::temporary::Temporary;
use crate::shell::{Child, Shell};

const START_LIMIT: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(20);

/// A running server, or one that somebody else runs.
#[derive(Debug)]
pub(crate) struct Database {
    url: String,
    _own: Option<Own>,
}

/// Dropped in this order: the server ends before its files go.
#[derive(Debug)]
struct Own {
    server: Child,
    folder: Temporary,
}

impl Database {
    /// Starts one, or takes the one that `TEST_POSTGRES_URL` names.
    pub(crate) fn start(shell: &Shell) -> anyhow::Result<Database> {
        if let Some(url) = std::env::var_os("TEST_POSTGRES_URL") {
            let url = url
                .into_string()
                .ok()
                .context("`TEST_POSTGRES_URL` is not UTF-8")?;
            return Ok(Database { url, _own: None });
        }
        let folder = folder_of_server(shell)?;
        let data = folder.path().join("data");
        let mut initdb = as_server(shell, "initdb")?;
        initdb.arg("-D").arg(&data);
        initdb.args([
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--auth=trust",
        ]);
        shell
            .capture(&mut initdb)
            .context("cannot create a database cluster")?;

        let port = free_port()?;
        let mut server = as_server(shell, "postgres")?;
        server
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string(), "-c", "fsync=on"]);
        server.args([
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "max_connections=300",
        ]);
        server.arg("-c").arg(format!(
            "unix_socket_directories={}",
            folder.path().display()
        ));
        let log =
            File::create(folder.path().join("log")).context("cannot create the server's log")?;
        let child = shell.spawn(server.stdout(Stdio::null()).stderr(log))?;
        let mut own = Own {
            server: child,
            folder,
        };
        own.wait_until_ready(shell, port)?;
        Ok(Database {
            url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
            _own: Some(own),
        })
    }

    /// How tests reach it, as a user who may create databases.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Own {
    fn wait_until_ready(&mut self, shell: &Shell, port: u16) -> anyhow::Result<()> {
        let deadline = Instant::now() + START_LIMIT;
        let is_ready = postgres_program("pg_isready").context("PostgreSQL lacks `pg_isready`")?;
        loop {
            let mut ask = shell.command(&is_ready);
            ask.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]);
            if shell.spawn(&mut ask)?.wait()?.success() {
                return Ok(());
            }
            if self.server.ended()?.is_some() || Instant::now() > deadline {
                let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
                bail!("the PostgreSQL server did not start:\n{log}");
            }
            thread::sleep(POLL);
        }
    }
}

/// A program of PostgreSQL's, as its own user: the server refuses to run as root.
fn as_server(shell: &Shell, name: &str) -> anyhow::Result<Command> {
    let program = postgres_program(name).with_context(|| format!("PostgreSQL lacks `{name}`"))?;
    if !is_root() {
        return Ok(shell.command(program));
    }
    let mut command = shell.command("setpriv");
    command.args([
        "--reuid=postgres",
        "--regid=postgres",
        "--init-groups",
        "--reset-env",
    ]);
    // The workspace's folder may be closed to that user.
    command.current_dir("/").arg(program);
    Ok(command)
}

fn free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
    Ok(listener.local_addr()?.port())
}

/// A temporary folder that belongs to the server's user.
fn folder_of_server(shell: &Shell) -> anyhow::Result<Temporary> {
    let folder = Temporary::create("postgres")?;
    if is_root() {
        shell.run(
            shell
                .command("chown")
                .arg("postgres:postgres")
                .arg(folder.path()),
        )?;
    }
    Ok(folder)
}
