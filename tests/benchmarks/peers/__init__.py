"""What others would build from the same table, served beside ours and measured in the same run."""
