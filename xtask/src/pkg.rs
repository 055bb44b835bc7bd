//! `cargo xtask pkg`: the built files of the npm package, beside the tracked ones in `pkg/`.

use std::process::ExitCode;

use crate::shell::Shell;
use crate::web;

/// Builds the widget, copies it into `pkg/` and prints what each file weighs.
pub(crate) fn pkg(shell: &Shell) -> anyhow::Result<ExitCode> {
    let sizes = web::build_widget(shell)?;
    let folder = shell.path("pkg");
    for size in &sizes {
        if let Some(name) = size.path.file_name() {
            web::copy(&size.path, &folder.join(name))?;
        }
    }
    println!("{}", web::table(&sizes));
    for failure in web::over_budget(&sizes)
        .into_iter()
        .filter_map(|(_, failure)| failure)
    {
        eprintln!("warning: {failure}");
    }
    Ok(ExitCode::SUCCESS)
}
