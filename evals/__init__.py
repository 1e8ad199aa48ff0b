"""The eval suite: records scored against hand-labelled gold."""
