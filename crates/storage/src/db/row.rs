//! Reading columns by name: two types of column exist, and either may be null.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::StorageError;

/// Short names for the four reads there are.
pub(crate) trait RowExt {
    fn text(&self, column: &str) -> Result<String, StorageError>;
    fn maybe_text(&self, column: &str) -> Result<Option<String>, StorageError>;
    fn number(&self, column: &str) -> Result<i64, StorageError>;
    fn maybe_number(&self, column: &str) -> Result<Option<i64>, StorageError>;
}

impl RowExt for AnyRow {
    fn text(&self, column: &str) -> Result<String, StorageError> {
        Ok(self.try_get(column)?)
    }

    fn maybe_text(&self, column: &str) -> Result<Option<String>, StorageError> {
        Ok(self.try_get(column)?)
    }

    fn number(&self, column: &str) -> Result<i64, StorageError> {
        Ok(self.try_get(column)?)
    }

    fn maybe_number(&self, column: &str) -> Result<Option<i64>, StorageError> {
        Ok(self.try_get(column)?)
    }
}
