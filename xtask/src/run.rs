//! `cargo xtask run`: the whole product on this machine, in the foreground.
//!
//! Data stay in `.tirage/` between runs. What ends one of the programs ends the run.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use clap::Args;

use crate::service::{Place, Service};
use crate::shell::{Child, Shell};
use crate::web;

const POLL: Duration = Duration::from_millis(50);
const START_LIMIT: Duration = Duration::from_secs(60);

/// What `cargo xtask run` takes.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// The service's port; the emulated ASystem takes the next one.
    #[arg(long, default_value_t = 8080, value_parser = clap::value_parser!(u16).range(1..65535))]
    port: u16,
    /// Start without the orders, products and users of earlier runs.
    #[arg(long)]
    reset: bool,
}

/// Builds everything, starts it and stays until a signal comes or a program ends.
pub(crate) fn run(shell: &Shell, options: &Options) -> anyhow::Result<ExitCode> {
    let place = Place::new(shell, options.port);
    for port in [place.port, place.emulator_port] {
        assert_free(port)?;
    }
    let built = web::build(shell)?;
    eprintln!("  building the service …");
    let build = [
        "build",
        "--locked",
        "--bins",
        "-p",
        "tirage-api",
        "-p",
        "tirage-emulators",
    ];
    shell.run(&mut shell.cargo(build))?;

    if options.reset && place.data.exists() {
        fs::remove_dir_all(&place.data)
            .with_context(|| format!("cannot remove `{}`", place.data.display()))?;
    }
    fs::create_dir_all(&place.data)
        .with_context(|| format!("cannot create `{}`", place.data.display()))?;
    let mut running = Vec::new();
    for service in [place.emulator(shell), place.api(shell, &built.assets)?] {
        running.push(start(shell, service)?);
    }
    println!("{}", place.addresses());
    supervise(shell, &mut running)
}

fn assert_free(port: u16) -> anyhow::Result<()> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(drop).with_context(|| {
        format!(
            "port {port} of 127.0.0.1 is not free: end the program that has it, or choose another \
             one with `--port N` (N and N + 1 are used)"
        )
    })
}

struct Running {
    name: &'static str,
    child: Child,
}

/// Starts a program and waits until it answers.
fn start(shell: &Shell, mut service: Service) -> anyhow::Result<Running> {
    let name = service.name;
    let mut child = shell.spawn(&mut service.command)?;
    let deadline = Instant::now() + START_LIMIT;
    while !service.is_ready() {
        if let Some(status) = child.ended()? {
            ensure!(!shell.interrupted(), "interrupted");
            bail!("{name} ended before it was ready ({status})");
        }
        ensure!(
            Instant::now() < deadline,
            "{name} did not answer `{}` within {} s",
            service.readiness(),
            START_LIMIT.as_secs()
        );
        thread::sleep(POLL);
    }
    Ok(Running { name, child })
}

/// Waits for a signal, which is the normal end, or for a program to end, which is not.
fn supervise(shell: &Shell, running: &mut Vec<Running>) -> anyhow::Result<ExitCode> {
    loop {
        for Running { name, child } in running.iter_mut() {
            let ended = child.ended()?;
            if shell.interrupted() {
                // The last started depends on the first: each is waited for in that order.
                while running.pop().is_some() {}
                return Ok(ExitCode::SUCCESS);
            }
            if let Some(status) = ended {
                bail!("{name} ended ({status})");
            }
        }
        thread::sleep(POLL);
    }
}
