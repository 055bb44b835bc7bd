//! Where the workspace is, and how its tasks start other programs.
//!
//! Every program gets a process group of its own: a Ctrl-C reaches only xtask, which passes it on
//! once, to whole groups, so that nothing it started stays behind.

mod children;

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context as _, bail, ensure};

pub(crate) use self::children::{Child, Children};

/// The workspace and the programs that run for it.
#[derive(Debug)]
pub(crate) struct Shell {
    root: PathBuf,
    target: PathBuf,
    children: Children,
}

impl Shell {
    /// Finds the workspace and starts to listen for signals.
    pub(crate) fn open() -> anyhow::Result<Shell> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask has no parent folder")?
            .to_owned();
        let children = Children::watching_for_signals()?;
        let mut shell = Shell {
            target: root.join("target"),
            root,
            children,
        };
        let metadata = shell.metadata(&["--no-deps"])?;
        let target = metadata["target_directory"]
            .as_str()
            .context("`cargo metadata` names no target directory")?;
        shell.target = PathBuf::from(target);
        Ok(shell)
    }

    /// A path inside the workspace.
    pub(crate) fn path(&self, inside: impl AsRef<Path>) -> PathBuf {
        self.root.join(inside)
    }

    /// A path inside cargo's target folder, wherever `CARGO_TARGET_DIR` has put it.
    pub(crate) fn target(&self, inside: impl AsRef<Path>) -> PathBuf {
        self.target.join(inside)
    }

    /// Whether somebody asked this run to end.
    pub(crate) fn interrupted(&self) -> bool {
        self.children.interrupted()
    }

    /// `cargo metadata` of the workspace.
    pub(crate) fn metadata(&self, arguments: &[&str]) -> anyhow::Result<serde_json::Value> {
        let mut command = self.cargo(["metadata", "--format-version", "1"]);
        let text = self.capture(command.args(arguments))?;
        serde_json::from_str(&text).context("`cargo metadata` printed something else than JSON")
    }

    /// The cargo that started this program.
    pub(crate) fn cargo<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = self.command(cargo);
        command.args(arguments);
        command
    }

    /// A program that will run in the workspace's folder, without input.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .process_group(0);
        command
    }

    /// Runs to the end; what the program prints is shown. A failure is an error.
    pub(crate) fn run(&self, command: &mut Command) -> anyhow::Result<()> {
        let status = self.spawn(command)?.wait()?;
        self.check(command, status)
    }

    /// Runs to the end and returns what was printed on standard output.
    pub(crate) fn capture(&self, command: &mut Command) -> anyhow::Result<String> {
        let mut text = String::new();
        let status = self.each_line(command, |line| {
            text.push_str(line);
            text.push('\n');
        })?;
        self.check(command, status)?;
        Ok(text)
    }

    /// Runs to the end, handing over each line of standard output as it comes.
    pub(crate) fn each_line(
        &self,
        command: &mut Command,
        mut take: impl FnMut(&str),
    ) -> anyhow::Result<ExitStatus> {
        let mut child = self.spawn(command.stdout(Stdio::piped()))?;
        let output = child
            .take_stdout()
            .context("standard output was not piped")?;
        let mut reader = BufReader::new(output);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            take(String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']));
            line.clear();
        }
        child.wait()
    }

    /// Starts a program that is stopped, with all it started, when the returned value goes away.
    pub(crate) fn spawn(&self, command: &mut Command) -> anyhow::Result<Child> {
        ensure!(!self.interrupted(), "interrupted");
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .spawn()
            .with_context(|| format!("cannot start `{name}`"))?;
        self.children.adopt(child)
    }

    fn check(&self, command: &Command, status: ExitStatus) -> anyhow::Result<()> {
        if self.interrupted() {
            bail!("interrupted");
        }
        ensure!(status.success(), "`{}` failed ({status})", line_of(command));
        Ok(())
    }
}

/// The command as one would type it, for messages.
fn line_of(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut line = program
        .file_name()
        .unwrap_or(command.get_program())
        .to_string_lossy()
        .into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

/// Finds a program in `PATH`.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}
