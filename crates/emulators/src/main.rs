//! Runs one emulator until it is stopped.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use tirage_emulators::asystem::{AsystemEmulator, AsystemOptions};

/// The systems of print houses, for development: real servers on loopback, with fault switches.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    system: System,
}

#[derive(Debug, Subcommand)]
enum System {
    /// ASystem, by our default profile.
    Asystem {
        /// Port on 127.0.0.1; 0 picks a free one.
        #[arg(long, default_value_t = 3000)]
        port: u16,
        /// The key it asks for.
        #[arg(long, default_value = "asystem-key")]
        key: String,
        /// Where received orders are kept; in memory without it.
        #[arg(long)]
        data: Option<PathBuf>,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Arguments { system } = Arguments::parse();
    let System::Asystem { port, key, data } = system;
    let emulator = AsystemEmulator::start(AsystemOptions { port, key, data })
        .await
        .with_context(|| format!("starting the ASystem emulator on port {port}"))?;
    announce(&emulator.url());
    emulator.serve_forever().await;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "whoever starts it waits for this line")]
fn announce(url: &str) {
    println!("ASystem emulator: {url}");
}
