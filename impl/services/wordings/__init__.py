"""Similar wording: what the worker keeps of resumes and rubrics, so that matching can point at places that say a criterion otherwise.

Off unless the operator and the organization have both switched it on. It finds nobody, scores nothing and orders nothing.
"""
