"""What Django's debug page and error reports may show of a request that carries secrets: no value at all."""

from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class QuietReporterFilter(SafeExceptionReporterFilter):
    """Filters with DEBUG on too; a request marked by ``sensitive_post_parameters`` shows no variable of any frame."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> Any:
        if getattr(request, "sensitive_post_parameters", None):
            return []
        return super().get_traceback_frame_variables(request, tb_frame)
