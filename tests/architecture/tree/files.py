"""What of the tree is looked at: the files that git knows, as text."""
import pathlib
import re
import subprocess


def tracked(root):
    """Paths relative to root, of what git tracks or would track; what is deleted is left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, check=True).stdout.decode().split("\0")
    return sorted(path for path in listed if path and (root / path).is_file())


class Tree:
    """The files of one root, read once."""

    def __init__(self, root, paths=None):
        self.root = pathlib.Path(root)
        self.paths = tracked(self.root) if paths is None else sorted(paths)
        self._texts = {}

    def text(self, path):
        if path not in self._texts:
            self._texts[path] = (self.root / path).read_text(encoding="utf-8", errors="replace")
        return self._texts[path]

    def code(self, path):
        """Without comments, line for line, so that a rule does not trip over its own explanation."""
        return without_comments(self.text(path))

    def under(self, *folders, ends=("",)):
        return [path for path in self.paths
                if path.startswith(tuple(folder + "/" for folder in folders))
                and path.endswith(tuple(ends))]


CODE = (".cc", ".h")


def is_test(path):
    name = path.rsplit("/", 1)[-1]
    return name.endswith(("_test.cc", "_for_tests.h")) or name.startswith("test_")


_TOKEN = re.compile(
    r'R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.S)


def without_comments(text):
    def keep(match):
        token = match.group(0)
        if token.startswith(("//", "/*")):
            return re.sub(r"[^\n]", " ", token)
        return token
    return _TOKEN.sub(keep, text)


def literals(text):
    """(line, value) of each ordinary string literal outside comments."""
    for match in _TOKEN.finditer(text):
        token = match.group(0)
        if token.startswith('"'):
            yield text.count("\n", 0, match.start()) + 1, token[1:-1]
