"""How the bundled translation model is made: an optional extra, never imported by the program that uses the model.

`python -m pipeline.translate.training --help` lists the steps: vocabulary, train, evaluate, package.

Reads: data/corpus/*.tsv, a folder of gathered corpora, the glossary's facts
Writes: data/models/
"""
