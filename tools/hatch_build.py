"""Build hook: compiles ``data/`` into the look-up index, for wheels and for editable installs alike."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class IndexHook(BuildHookInterface[Any]):
    """Puts ``indeks.sqlite`` into the package."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's interface
        """Compile the index beside the package sources and take it into the wheel."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from alignment_cli.index.compile import compile_index

        file = root / "src" / "alignment_cli" / "indeks.sqlite"
        compile_index(root / "data", file).close()
        build_data["force_include"][str(file)] = "alignment_cli/indeks.sqlite"
