//! Compiled templates by revision. What a revision names never changes, so nothing here goes stale.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use bytes::Bytes;
use tirage_pricing::Template;
use tirage_storage::{Revision, Storage};

use crate::error::ApiError;

/// More revisions than are ever in use at once; a stream of requests for old ones stays bounded.
const MOST: usize = 256;

/// Compiled templates by revision.
#[derive(Debug)]
pub(crate) struct TemplateCache {
    storage: Storage,
    compiled: RwLock<HashMap<Revision, Arc<Stored>>>,
    /// Several requests for a new template compile it once.
    compiling: tokio::sync::Mutex<()>,
}

/// A template and where it comes from.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) revision: Revision,
    pub(crate) text: String,
    pub(crate) template: Template,
    /// The compiled form that pages load.
    pub(crate) program: Bytes,
}

impl TemplateCache {
    pub(crate) fn new(storage: Storage) -> Self {
        Self {
            storage,
            compiled: RwLock::default(),
            compiling: tokio::sync::Mutex::default(),
        }
    }

    /// The template of a revision, if there is one.
    pub(crate) async fn find(&self, revision: &Revision) -> Result<Option<Arc<Stored>>, ApiError> {
        if !is_revision(revision.as_str()) {
            return Ok(None);
        }
        if let Some(stored) = self.cached(revision) {
            return Ok(Some(stored));
        }
        let _one_at_a_time = self.compiling.lock().await;
        if let Some(stored) = self.cached(revision) {
            return Ok(Some(stored));
        }
        let Some(text) = self.storage.templates().text(revision).await? else {
            return Ok(None);
        };
        let stored = Arc::new(compile(revision.clone(), text).await?);
        self.keep(Arc::clone(&stored));
        Ok(Some(stored))
    }

    /// The template in force of a product, which exists as long as the database is whole.
    pub(crate) async fn require(&self, revision: &Revision) -> Result<Arc<Stored>, ApiError> {
        self.find(revision)
            .await?
            .ok_or_else(|| ApiError::internal(anyhow::anyhow!("template `{revision}` is missing")))
    }

    fn cached(&self, revision: &Revision) -> Option<Arc<Stored>> {
        let compiled = self.compiled.read().unwrap_or_else(PoisonError::into_inner);
        compiled.get(revision).cloned()
    }

    fn keep(&self, stored: Arc<Stored>) {
        let mut compiled = self
            .compiled
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if compiled.len() >= MOST {
            compiled.clear();
        }
        compiled.insert(stored.revision.clone(), stored);
    }
}

/// A large template takes a while, which the threads that serve requests do not have.
async fn compile(revision: Revision, text: String) -> Result<Stored, ApiError> {
    let compiled = tokio::task::spawn_blocking(move || {
        let template = Template::parse(&text)?;
        Ok::<_, tirage_pricing::TemplateError>(Stored {
            revision,
            text,
            program: template.pack().into(),
            template,
        })
    });
    compiled
        .await
        .map_err(ApiError::internal)?
        .map_err(ApiError::internal)
}

fn is_revision(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
