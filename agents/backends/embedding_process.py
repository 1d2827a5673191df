"""Sentence embeddings from a process of their own, spoken to in lines of JSON; started on first need, ended with us."""

import atexit
import json
import math
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Protocol

from django.conf import settings

from agents.federation.generation import BackendUnavailable

DIMENSIONS = 384
MOST_TEXTS = 64
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
COMMAND = (sys.executable, "-m", "agents.embedding")


class Embedder(Protocol):
    """Texts to vectors of length one."""

    def is_warm(self) -> bool:
        """Whether an answer would come at once; a cold one starts loading."""

    def embed(self, *, texts: Sequence[str], seconds: float) -> list[tuple[float, ...]]:
        """One vector a text; raises BackendUnavailable."""


class EmbeddingProcess:
    """One child process, one question at a time."""

    def __init__(self, *, command: Sequence[str] = COMMAND) -> None:
        self._command = tuple(command)
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self._ready = threading.Event()

    def is_warm(self) -> bool:
        if self._lock.acquire(blocking=False):
            try:
                self._started()
            finally:
                self._lock.release()
        return self._ready.is_set()

    def embed(self, *, texts: Sequence[str], seconds: float) -> list[tuple[float, ...]]:
        with self._lock:
            self._started()
            if not self._ready.wait(seconds):
                raise BackendUnavailable("The embedding model is not ready", "Ask again in a minute.", "embedding")
            found: list[tuple[float, ...]] = []
            for start in range(0, len(texts), MOST_TEXTS):
                found += self._asked(texts[start : start + MOST_TEXTS], seconds)
            return found

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        self._ready.clear()
        if child is not None and child.poll() is None:
            child.kill()
            child.wait()
        for pipe in (child.stdin, child.stdout) if child is not None else ():
            if pipe is not None:
                pipe.close()

    def _started(self) -> subprocess.Popen[str]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.close()
        self._answers = queue.Queue()
        self._child = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | OFFLINE,
            cwd=settings.BASE_DIR,
        )
        atexit.register(self.close)
        threading.Thread(target=self._listen, args=(self._child, self._answers), daemon=True).start()
        return self._child

    def _listen(self, child: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
        try:
            for line in child.stdout or ():
                if line.strip() == '"ready"':
                    self._ready.set()
                else:
                    answers.put(line)
        except ValueError:
            return  # the pipe was closed under us

    def _asked(self, texts: Sequence[str], seconds: float) -> list[tuple[float, ...]]:
        child = self._started()
        try:
            if child.stdin is None:
                raise OSError("no pipe")
            child.stdin.write(json.dumps(list(texts)) + "\n")
            child.stdin.flush()
            vectors = [tuple(map(float, vector)) for vector in json.loads(self._answers.get(timeout=seconds))]
        except (OSError, ValueError, queue.Empty) as error:
            self.close()
            raise BackendUnavailable("The embedding model does not answer", str(error), "embedding") from error
        if len(vectors) != len(texts) or any(not _is_unit(vector) for vector in vectors):
            self.close()
            raise BackendUnavailable("The embedding model answered with something else", "", "embedding")
        return vectors


def _is_unit(vector: tuple[float, ...]) -> bool:
    return len(vector) == DIMENSIONS and abs(math.hypot(*vector) - 1) < 1e-3
