"""Every format gives the same table, and what is in none of them is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from fairlead.errors import InvalidTable, NothingToRead, OptionError, UnreadableFile
from fairlead.model.input_output import InputOutputTable
from fairlead.read.input_output import read_input_output
from tests.input_output import DEMAND, FLOWS, OUTPUT, icio_text, write_pymrio


def same(table: InputOutputTable) -> bool:
    dense = table.inputs.T.toarray()
    return bool(
        np.allclose(dense, FLOWS / OUTPUT, rtol=1e-6)
        and np.allclose(table.output, OUTPUT)
        and np.allclose(table.final_demand, DEMAND.sum(axis=1))
    )


@pytest.mark.parametrize(("matrix", "name"), [("A", "A.txt"), ("Z", "Z.txt")])
def test_exiobase_is_read_from_its_folder_and_from_its_archive(tmp_path: Path, matrix: str, name: str) -> None:
    folder = write_pymrio(tmp_path / "IOT_2011_ixi", matrix, name=name)
    archive = tmp_path / "IOT_2011_ixi.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for file in sorted(folder.iterdir()):
            target.write(file, f"IOT_2011_ixi/{file.name}")
    for path in (folder, archive):
        table = read_input_output(path)
        assert same(table)
        assert (table.scheme, table.year, table.regions) == ("exiobase3_ixi", 2011, ("KZ", "BD"))
        assert table.industries == ("Cultivation of wheat", "Manufacture of textiles (17)")


def test_output_is_what_is_sold_where_no_file_tells_it(tmp_path: Path) -> None:
    assert same(read_input_output(write_pymrio(tmp_path / "table", with_output=False)))
    table = read_input_output(write_pymrio(tmp_path / "other", "A", name="A.txt", with_output=False))
    assert table.output == pytest.approx(OUTPUT, rel=1e-5)


def test_the_year_is_in_the_name_of_a_folder_with_dots(tmp_path: Path) -> None:
    assert read_input_output(write_pymrio(tmp_path / "exiobase_3.4_iot_2011_ixi")).year == 2011


def test_a_year_that_is_not_the_files_is_refused(tmp_path: Path) -> None:
    folder = write_pymrio(tmp_path / "IOT_2011_ixi")
    with pytest.raises(OptionError, match="is of 2011, not of 2012"):
        read_input_output(folder, 2012)
    plain = write_pymrio(tmp_path / "table")
    assert read_input_output(plain, 2012).year == 2012


def test_of_several_tables_in_a_folder_one_is_chosen_with_its_own_files(tmp_path: Path) -> None:
    write_pymrio(tmp_path / "all" / "IOT_2011_ixi")
    later = write_pymrio(tmp_path / "all" / "IOT_2012_ixi")
    with pytest.raises(OptionError, match="2011, 2012"):
        read_input_output(tmp_path / "all")
    assert read_input_output(tmp_path / "all", 2012).year == 2012
    (later / "Y.txt").unlink()
    with pytest.raises(InvalidTable, match=r"no final demand \(Y\.txt\)"):
        read_input_output(tmp_path / "all", 2012)


def test_labels_of_an_early_archive_are_latin_1(tmp_path: Path) -> None:
    folder = write_pymrio(tmp_path / "IOT_2011_ixi")
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8").replace(
            "Cultivation of wheat", "Cultivation of wheat\N{EN DASH}".replace("\N{EN DASH}", "\N{POUND SIGN}")
        )
        file.write_bytes(text.encode("latin-1"))
    table = read_input_output(folder)
    assert same(table)
    assert table.industries[0] == "Cultivation of wheat\N{POUND SIGN}"


def test_a_folder_of_archives_says_to_give_one(tmp_path: Path) -> None:
    (tmp_path / "GLORIA_MRIOs_57_2015.zip").write_bytes(b"PK")
    with pytest.raises(UnreadableFile, match=r"holds archives, such as GLORIA_MRIOs_57_2015\.zip"):
        read_input_output(tmp_path)


def test_labour_is_read_from_the_factors(tmp_path: Path) -> None:
    folder = write_pymrio(tmp_path / "table")
    rows = ["region\tKZ\tKZ\tBD\tBD", "sector\tCultivation of wheat\tManufacture of textiles (17)\t"
            "Cultivation of wheat\tManufacture of textiles (17)", "stressor\t\t\t\t",
            "Taxes\t1\t1\t1\t1", "Compensation of employees; low-skilled\t1\t2\t3\t4",
            "Compensation of employees; high-skilled\t1\t1\t1\t1"]  # fmt: skip
    (folder / "satellite").mkdir()
    (folder / "satellite" / "F.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    labour = read_input_output(folder).labour
    assert labour is not None
    assert labour.tolist() == [2, 3, 4, 5]


def test_a_missing_number_is_named_by_file_row_and_column(tmp_path: Path) -> None:
    folder = write_pymrio(tmp_path / "table")
    text = (folder / "Z.txt").read_text(encoding="utf-8")
    (folder / "Z.txt").write_text(text.replace("60.0", ""), encoding="utf-8")
    with pytest.raises(InvalidTable, match="has a hole") as raised:
        read_input_output(folder)
    where = raised.value.where
    assert (where.file, where.row, where.column) == ("Z.txt", 6, "BD Manufacture of textiles (17)")


def test_the_oecd_table_is_read_and_its_year_is_in_the_name(tmp_path: Path) -> None:
    path = tmp_path / "2020.SML.csv"
    path.write_text(icio_text(), encoding="utf-8")
    table = read_input_output(path)
    assert same(table)
    assert (table.scheme, table.year, table.regions) == ("icio", 2020, ("KAZ", "BGD"))
    assert table.labour == pytest.approx(OUTPUT - FLOWS.sum(axis=0))


@pytest.mark.parametrize(
    ("rename", "scheme", "regions"),
    [
        ({"A01": "01T02", "C13T15": "13T15"}, "icio2021", ("KAZ", "BGD")),  # editions of 2018 and 2021
        ({"A01": "A01_02"}, "icio", ("KAZ", "BGD")),  # of 2023
        ({"KAZ": "CN1", "BGD": "MX2"}, "icio", ("CN1", "MX2")),  # extended tables
    ],
)
def test_every_edition_of_the_oecd_is_read(
    tmp_path: Path, rename: dict[str, str], scheme: str, regions: tuple[str, ...]
) -> None:
    text = icio_text()
    for old, new in rename.items():
        text = text.replace(old, new)
    path = tmp_path / "ICIO2021_2018.csv"
    path.write_text(text, encoding="utf-8")
    table = read_input_output(path)
    assert same(table)
    assert (table.scheme, table.year, table.regions) == (scheme, 2018, regions)


def test_the_older_rows_of_taxes_by_country_value_added_and_output_are_read(tmp_path: Path) -> None:
    path = tmp_path / "ICIO2018_2015.csv"
    text = icio_text().replace("TLS,", "KAZ_TAXSUB,").replace("\nVA,", "\nVALU,").replace("\nOUT,", "\nOUTPUT,")
    path.write_text(text.replace(",OUT\n", ",TOTAL\n"), encoding="utf-8")
    table = read_input_output(path)
    assert same(table)
    assert table.labour == pytest.approx(OUTPUT - FLOWS.sum(axis=0))


def test_without_a_row_of_output_it_is_what_is_sold_and_the_column_of_totals_is_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "2020_SML.csv"
    path.write_text(icio_text().rsplit("OUT,", 1)[0], encoding="utf-8")
    assert same(read_input_output(path))


def test_rows_below_may_be_blank_beside_the_industries_and_no_other_cell_may(tmp_path: Path) -> None:
    path = tmp_path / "2020_SML.csv"
    lines = icio_text().splitlines()
    blank = [line.removesuffix(",0,0,0") + ",,," if line.startswith(("VA", "OUT")) else line for line in lines]
    path.write_text("\n".join(blank) + "\n", encoding="utf-8")
    assert same(read_input_output(path))
    path.write_text(icio_text().replace("60.0", "", 1), encoding="utf-8")
    with pytest.raises(InvalidTable, match="what BGD C13T15 buys from BGD A01 is missing"):
        read_input_output(path)


def test_of_an_archive_with_several_years_one_is_chosen(tmp_path: Path) -> None:
    archive = tmp_path / "ICIO-2016-2020-small.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("2019_SML.csv", icio_text())
        target.writestr("2020_SML.csv", icio_text())
    with pytest.raises(OptionError, match="2019, 2020"):
        read_input_output(archive)
    assert read_input_output(archive, 2019).year == 2019


def test_arrays_are_read(tmp_path: Path) -> None:
    path = tmp_path / "icio2020.npz"
    np.savez(path, Z=FLOWS, F=DEMAND, x=OUTPUT, c=np.array(["KAZ", "BGD"]), i=np.array(["A01", "C13T15"]))
    table = read_input_output(path)
    assert same(table)
    assert (table.scheme, table.year) == ("icio", 2020)
    np.savez(path, Z=FLOWS, x=OUTPUT)
    with pytest.raises(InvalidTable, match="has no array F"):
        read_input_output(path)


def write_wiod(path: Path, hole: bool = False, release: int = 2013) -> None:
    """A workbook laid out as WIOT11_ROW_Apr12.xlsx or, of 2016, WIOT2014_Nov16_ROW.xlsb; four cells are used."""
    each, use, total = (35, "c37", "c43") if release == 2013 else (56, "c57", "c62")
    below = (("", "r64"), ("", "r69")) if release == 2013 else (("VA", "r70"), ("GO", "r73"))
    codes = [f"c{number}" for number in range(1, each + 1)]
    cells = [(region, code) for region in ("AUS", "RoW") for code in codes]
    used = {("AUS", "c1"): 0, ("AUS", "c4"): 1, ("RoW", "c1"): 2, ("RoW", "c4"): 3}
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "WIOT_2011" if release == 2013 else "2014"
    sheet.append(["Intercountry Input-Output Table"])
    sheet.append(["", "", "", "", *["AtB"] * 2 * each, "", "", ""])
    sheet.append(["", "", "", "", *[region for region, _ in cells], "AUS", "RoW", ""])
    sheet.append(["", "", "", "", *[code for _, code in cells], use, use, total])
    for region, code in cells:
        place = used.get((region, code))
        row = [FLOWS[place][used[cell]] if place is not None and cell in used else 0 for cell in cells]
        demand = DEMAND[place].tolist() if place is not None else [0, 0]
        sheet.append([code, "name", region, code, *row, *demand, OUTPUT[place] if place is not None else 0])
    if release == 2016:  # purchases by non-residents, which have the code that output has in 2013
        sheet.append(["PURNR", "total", "TOT", "r69", *[7] * 2 * each, 0, 0, 0])
    for (name, code), values in zip(below, (OUTPUT - FLOWS.sum(axis=0), OUTPUT), strict=True):
        row = [values[used[cell]] if cell in used else 0 for cell in cells]
        sheet.append([name, "total", "TOT", code, *row, 0, 0, 0])
    if hole:
        sheet.cell(row=6, column=9).value = "n.a."
    book.save(path)


def test_the_workbook_of_wiod_is_read(tmp_path: Path) -> None:
    path = tmp_path / "WIOT11_ROW_Apr12.xlsx"
    write_wiod(path)
    table = read_input_output(path)
    used = np.flatnonzero(table.output > 0)
    assert (table.cells, table.scheme, table.year) == (70, "wiod2013", 2011)
    assert table.inputs.T.toarray()[np.ix_(used, used)] == pytest.approx(FLOWS / OUTPUT)
    assert table.labour is not None
    assert table.labour[used] == pytest.approx(OUTPUT - FLOWS.sum(axis=0))


def test_the_workbook_of_the_release_of_2016_is_read_alone_and_from_the_archive_of_all_years(tmp_path: Path) -> None:
    path = tmp_path / "WIOT2014_Nov16_ROW.xlsx"
    write_wiod(path, release=2016)
    archive = tmp_path / "WIOTS_in_EXCEL.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for year in (2013, 2014):
            target.write(path, f"WIOT{year}_Nov16_ROW.xlsx")
    for table in (read_input_output(path), read_input_output(archive, 2014)):
        used = np.flatnonzero(table.output > 0)
        assert (table.cells, table.scheme, table.year) == (112, "wiod2016", 2014)
        assert table.inputs.T.toarray()[np.ix_(used, used)] == pytest.approx(FLOWS / OUTPUT)
        assert table.labour is not None
        assert table.labour[used] == pytest.approx(OUTPUT - FLOWS.sum(axis=0))
    with pytest.raises(OptionError, match="2013, 2014"):
        read_input_output(archive)


def test_text_among_the_numbers_of_a_workbook_is_a_hole(tmp_path: Path) -> None:
    path = tmp_path / "WIOT11_ROW_Apr12.xlsx"
    write_wiod(path, hole=True)
    with pytest.raises(InvalidTable, match="has a hole") as raised:
        read_input_output(path)
    assert (raised.value.where.row, raised.value.where.column) == (6, "9")


def write_gloria(folder: Path, supply: np.ndarray = np.eye(4)) -> Path:  # noqa: B008
    """Supply and use; unless told otherwise every industry makes only its own product, so that the flows are U."""
    folder.mkdir()
    stem = "20230314_120secMother_AllCountries_002_{}-Results_2015_057_Markup001(full).csv"
    matrix = np.zeros((8, 8))
    industry, product = [0, 1, 4, 5], [2, 3, 6, 7]
    matrix[np.ix_(industry, product)] = supply * OUTPUT
    matrix[np.ix_(product, industry)] = FLOWS
    demand = np.zeros((8, 2))
    demand[product] = DEMAND
    added = np.zeros((4, 8))
    added[[0, 0, 2, 2], industry] = [1.0, 2.0, 3.0, 4.0]
    for kind, values in (("T", matrix), ("Y", demand), ("V", added)):
        np.savetxt(folder / stem.format(kind), values, delimiter=",", fmt="%g")
    book = openpyxl.Workbook()
    for title, heading, names in (
        ("Regions", "Region_acronyms", ["KAZ", "BGD"]),
        ("Sectors", "Sector_names", ["Growing wheat", "Textiles and clothing"]),
        ("Value added and final demand", "Value_added_names", ["Compensation of employees D.1", "Taxes D.29"]),
    ):
        sheet = book.create_sheet(title)
        sheet.append(["Lfd_Nr", heading])
        for number, name in enumerate(names, start=1):
            sheet.append([number, name])
    book.save(folder / "GLORIA_ReadMe_057.xlsx")
    return folder


def test_gloria_is_made_industry_by_industry(tmp_path: Path) -> None:
    table = read_input_output(write_gloria(tmp_path / "GLORIA_MRIOs_57_2015"))
    assert same(table)
    assert (table.scheme, table.year, table.regions) == ("gloria", 2015, ("KAZ", "BGD"))
    assert table.labour is not None
    assert table.labour.tolist() == [1, 2, 3, 4]


def test_gloria_is_read_from_its_archive_with_the_readme_beside_it(tmp_path: Path) -> None:
    folder = write_gloria(tmp_path / "files")
    archive = tmp_path / "GLORIA_MRIOs_57_2015.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for file in sorted(folder.glob("*.csv")):
            # T, Y and V need not have been made on one day
            name = file.name.replace("20230314", "20230320") if "_V-" in file.name else file.name
            target.write(file, f"Basic prices/{name}")
    (folder / "GLORIA_ReadMe_057.xlsx").rename(tmp_path / "GLORIA_ReadMe_057.xlsx")
    (tmp_path / "GLORIA_ReadMe_055.xlsx").write_bytes(b"of another version")
    table = read_input_output(archive)
    assert same(table)
    assert table.labour is not None
    assert table.labour.tolist() == [1, 2, 3, 4]


def test_in_gloria_an_industry_may_make_several_products(tmp_path: Path) -> None:
    folder = write_gloria(
        tmp_path / "gloria",
        supply=np.array([[1.0, 0.25, 0.0, 0.0], [0.0, 0.75, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]]),
    )
    table = read_input_output(folder)
    made = np.array([OUTPUT[0] + OUTPUT[1] / 4, OUTPUT[1] * 0.75, OUTPUT[2], OUTPUT[3]])
    shares = np.eye(4)
    shares[:2, 1] = 0.25, 0.75
    assert table.output == pytest.approx(made)
    assert table.inputs.T.toarray() == pytest.approx(shares @ FLOWS / made, rel=1e-5)
    assert table.final_demand == pytest.approx(shares @ DEMAND.sum(axis=1))


def test_small_negative_flows_of_gloria_are_set_to_0_and_counted(tmp_path: Path) -> None:
    folder = write_gloria(tmp_path / "gloria")
    path = next(folder.glob("*_T-*"))
    matrix = np.loadtxt(path, delimiter=",")
    matrix[3, 4] = -2.0  # what textiles of Kazakhstan sell to farming of Bangladesh
    np.savetxt(path, matrix, delimiter=",", fmt="%g")
    table = read_input_output(folder)
    assert same(table)
    assert table.corrections.negative_flows == 1
    assert table.corrections.negative_share == pytest.approx(2 / OUTPUT.sum())
    matrix[3, 4] = -20.0
    np.savetxt(path, matrix, delimiter=",", fmt="%g")
    with pytest.raises(InvalidTable, match=r"negative flows that come to 4\.0% of all output"):
        read_input_output(folder)


def test_gloria_without_its_labels_is_refused(tmp_path: Path) -> None:
    folder = write_gloria(tmp_path / "GLORIA_MRIOs_57_2015")
    (folder / "GLORIA_ReadMe_057.xlsx").unlink()
    with pytest.raises(InvalidTable, match="GLORIA_ReadMe"):
        read_input_output(folder)


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    with pytest.raises(NothingToRead):
        read_input_output(path)
    path.write_text("Dear Sir or Madam", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="format that is known"):
        read_input_output(path)
    damaged = tmp_path / "table.zip"
    damaged.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(UnreadableFile, match="not an archive"):
        read_input_output(damaged)


@pytest.mark.real_data
def test_the_real_table_of_wiod_is_read_and_balances(real_data: Path) -> None:
    table = read_input_output(real_data / "io" / "wiod2011.npz")
    assert (table.name, table.cells, len(table.regions), len(table.industries)) == ("wiod2013-2011", 1435, 41, 35)
    assert table.inputs.nnz > 400_000


@pytest.mark.real_data
def test_the_test_table_of_pymrio_is_read(real_data: Path) -> None:
    table = read_input_output(real_data / "io" / "pymrio_test")
    assert (table.scheme, table.cells, table.regions[0], table.industries[0]) == ("other", 48, "reg1", "food")
    assert table.input_column(0)[1][0] == pytest.approx(23697.221 / table.output[0], rel=1e-6)
