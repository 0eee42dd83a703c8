"""The instructors' side of the exercise "Introduction to Neural Networks".

Nothing in here is for students before the exercise is over: ``reference`` holds the solution and
``rubric`` the marking scheme with its hidden checks.
"""
