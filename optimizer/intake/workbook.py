# workbook.py PATH: the first sheet that is not hidden as CSV, by xlsx2csv's
# own code: a record per row of the sheet, also per empty one, as wide as the
# first.  What xlsx2csv 0.7.8 does not know is added: Excel's Japanese forms
# of days and times, forms with [marks] and "words", _x000D_, rows that end
# early.  Ends with 3 and a range (A2:A5) instead where cells are merged over
# rows: which of them is meant nobody but the writer can say.
import csv
import importlib.machinery
import importlib.util
import os
import re
import sys
import types

path = sys.argv[1]
loader = importlib.machinery.SourceFileLoader("xlsx2csv", "/usr/bin/xlsx2csv")
tool = importlib.util.module_from_spec(
    importlib.util.spec_from_loader("xlsx2csv", loader))
try:
    loader.exec_module(tool)
except FileNotFoundError:
    sys.exit(127)

DAY, TIME = "yyyy\\-mm\\-dd", "h:mm"
for n in range(164):  # those without a form of their own are plain numbers
    tool.STANDARD_FORMATS.setdefault(n, "general")
for n in [*range(27, 37), *range(50, 59)]:
    tool.STANDARD_FORMATS[n] = TIME if n in (32, 33) else DAY
tool.FORMATS.update(dict.fromkeys(
    ["[h]:mm", "h:mm am/pm", "h:mm:ss am/pm"], "time"))

written = 0
merged = []


def unescape(match):
    return chr(int(match.group(1), 16))


def plain(cell):
    cell = re.sub("_x(000[9AD]|005F)_", unescape, cell)
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def trimmed(cells):
    cells = [plain(cell) for cell in cells]
    while cells and cells[-1] == "":
        cells.pop()
    return cells


class Rows:
    def __init__(self, out, **how):
        self.out = csv.writer(out, **how)

    def writerow(self, cells):
        global written
        cells = trimmed(cells)
        if cells:
            written = written or len(cells)
            cells += [""] * (written - len(cells))
        self.out.writerow(cells)


class Sheet(tool.Sheet):
    def handleStartElement(self, name, attrs):
        super().handleStartElement(name, attrs)
        if name.rpartition(":")[2] == "mergeCell":
            merged.append(attrs.get("ref", ""))


def column(letters):
    n = 0
    for c in letters:
        n = n * 26 + ord(c) - 64
    return n


def over_rows(ref):
    at = re.fullmatch(r"([A-Z]{1,3})(\d+):[A-Z]{1,3}(\d+)", ref)
    return at and at[2] != at[3] and column(at[1]) <= written


tool.csv = types.SimpleNamespace(**{**vars(csv), "writer": Rows})
tool.Sheet = Sheet
sys.stdout.reconfigure(encoding="utf-8", newline="\n")
book = tool.Xlsx2csv(path, dateformat="%Y-%m-%d", timeformat="%H:%M",
                     skip_empty_lines=False)
book.styles.numFmts = {
    n: re.sub(r'\[(?!h+\])[^]]*\]|"[^"]*"', "", form).strip() or "general"
    for n, form in book.styles.numFmts.items()}
seen = [sheet["index"] for sheet in book.workbook.sheets
        if sheet["state"] not in ("hidden", "veryHidden")]
book.convert(sys.stdout, seen[0] if seen else 1)
sys.stdout.flush()
for ref in filter(over_rows, merged):
    os.ftruncate(1, 0)
    os.pwrite(1, ref.encode(), 0)
    sys.exit(3)
