"""Reading a resume by a language model, beside the parser: what is sent, what is asked, and what of the answer is believed.

The guarantee does not lie in what a model can be talked into, but in what its answer can change: the answer is a form of a closed shape,
each of its values is kept only where it stands in the text, and what comes out is a profile like the parser's and nothing else. It has
no tools, sees one resume at a time, and no score, stage or other candidate is in its reach. `text` and `questions` say what leaves,
`evidence` and `filling` what is believed.
"""
