"""Why a job cannot be done, told to the person who asked for it."""


class TrainingRefused(Exception):
    """The job, its data or this machine does not allow it."""

    def __init__(self, title: str, detail: str, where: str = "", fix: str = "") -> None:
        super().__init__(f"{title}: {detail}")
        self.problem = {"title": title, "detail": detail, "where": where, "fix": fix}
