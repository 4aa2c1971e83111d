"""An open workspace with one enterprise and one assessment, and a photo with a secret in it."""

from tests.operations.conftest import assessment_id, enterprise_id, workspace

__all__ = ["assessment_id", "enterprise_id", "workspace"]
