"""The language server: findings as diagnostics, fixes as code actions."""
