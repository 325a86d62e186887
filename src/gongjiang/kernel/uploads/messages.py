"""The words of every problem found in an uploaded file: what, why, how to mend it."""


def _(text: str) -> str:
    """Mark a source string for the catalogue (this package runs without Django)."""
    return text


MESSAGES: dict[str, tuple[str, str, str]] = {
    # — the file —
    "too_big": (
        _("The file has %(size)s MB."),
        _("At most %(limit)s MB are read."),
        _("Split the file into several."),
    ),
    "empty_file": (
        _("The file is empty."),
        _("There's nothing to read in it."),
        _("Choose the file that holds the data."),
    ),
    "cut": (
        _("The file is damaged or was cut short."),
        _("Its parts don't agree with its own directory."),
        _("Save it again and upload it once more."),
    ),
    "encrypted": (
        _("The file is protected by a password."),
        _("A protected file can't be read or checked."),
        _("Save a copy without a password."),
    ),
    "old_excel": (
        _("The file is an old Excel workbook (.xls)."),
        _("Only .xlsx and .csv are read; the name of a file doesn't change its content."),
        _("Open it, choose 'save as' and the type .xlsx."),
    ),
    "macros": (
        _("The workbook contains macros."),
        _("Programs inside a workbook aren't accepted."),
        _("Save it as .xlsx, the type without macros."),
    ),
    "not_a_sheet": (
        _("The file isn't a spreadsheet, its content is %(found)s."),
        _("Only .xlsx and .csv are read; the name of a file doesn't change its content."),
        _("Fill in the template and upload that."),
    ),
    "too_many_entries": (
        _("The file holds %(found)s parts."),
        _("At most %(limit)s are read."),
        _("Split it, or copy the data into the template."),
    ),
    "too_dense": (
        _("The file unpacks to many times its size."),
        _("Files made to exhaust a machine look like that, so none of it was unpacked."),
        _("Copy the data into the template and upload that."),
    ),
    "too_big_unpacked": (
        _("The file unpacks to more than %(limit)s MB."),
        _("No more than that is unpacked."),
        _("Split it into several files."),
    ),
    "lying_directory": (
        _("The file's directory gives another size than its content has."),
        _("Only a damaged or forged file does that; reading was stopped."),
        _("Save it again and upload it once more."),
    ),
    "entities": (
        _("The workbook declares its own XML entities."),
        _("No spreadsheet program writes them; they serve attacks."),
        _("Copy the data into the template and upload that."),
    ),
    "encoding": (
        _("The text is neither UTF-8 nor GB18030."),
        _("The encoding is never guessed: a wrong guess changes names."),
        _("Save it as .xlsx, or as CSV UTF-8."),
    ),
    "quote_open": (
        _("A quotation mark opens in row %(at)s and never closes."),
        _("The file was cut short or edited by hand."),
        _("Save it again from the spreadsheet program."),
    ),
    "reader_stopped": (
        _("Reading the file was stopped."),
        _("It needed more memory or time than a file may take."),
        _("Copy the data into the template and upload that."),
    ),
    # — the table —
    "no_sheet": (
        _("The workbook has no visible sheet with data."),
        _("Hidden sheets aren't read."),
        _("Show the sheet, or copy the data into the template."),
    ),
    "no_header": (
        _("No row with the expected headings was found."),
        _("The headings must stand in one row among the first ten; missing: %(missing)s."),
        _("Copy the data into the template, headings unchanged."),
    ),
    "header_missing": (
        _("The heading '%(heading)s' is missing."),
        _("The column is needed for every row."),
        _("Add the column with exactly this heading."),
    ),
    "header_twice": (
        _("The heading '%(heading)s' stands twice."),
        _("Which of the two columns holds would be a guess."),
        _("Remove one of them."),
    ),
    "two_header_rows": (
        _("The headings stand in two rows."),
        _("Which heading belongs to which column would be a guess."),
        _("Put all headings into one row, without merged cells."),
    ),
    "merged_header": (
        _("Headings are merged cells (%(cells)s)."),
        _("Which column a merged heading names would be a guess."),
        _("Unmerge them and give each column its heading."),
    ),
    "many_sheets": (
        _("Several sheets carry the headings: %(sheets)s."),
        _("Which one holds would be a guess."),
        _("Keep one of them, upload the others as files of their own."),
    ),
    "too_many_rows": (
        _("The sheet has more than %(limit)s rows."),
        _("At most that many are read at a time."),
        _("Split it into several files."),
    ),
    "too_many_columns": (
        _("The sheet has %(found)s columns."),
        _("At most %(limit)s are read."),
        _("Delete everything to the right of the data."),
    ),
    "too_many_cells": (
        _("The sheet has more than %(limit)s cells, formatted blank ones counted."),
        _("Each of them takes memory."),
        _("Copy only the rows with data into the template."),
    ),
    # — a row or a cell —
    "merged_cells": (
        _("Cells are merged (%(cells)s)."),
        _("Only the first of them holds the value, the others read as empty."),
        _("Unmerge them and fill in each cell."),
    ),
    "cell_too_long": (
        _("The cell has %(found)s characters."),
        _("At most %(limit)s are kept."),
        _("Shorten it."),
    ),
    "cell_error": (
        _("The cell shows an error of the spreadsheet program."),
        _("A formula in it failed, so there's no value."),
        _("Replace the formula by its value."),
    ),
    "unreadable_character": (
        _("The cell holds a character that can't be read (%(found)s)."),
        _("It stands in a private range or was lost when the file was saved."),
        _("Type the character again with a GB18030 input method."),
    ),
    "ragged": (
        _("The row has %(found)s fields, the headings are %(expected)s."),
        _("A comma is missing or too many, so fields may stand in the wrong column."),
        _("Put fields that hold a comma into quotation marks."),
    ),
    "unheaded": (
        _("There's data in column %(found)s, which has no heading."),
        _("It would be lost."),
        _("Give the column a heading or empty it."),
    ),
    # — notes: read all the same —
    "note_title_row": (
        _("Row %(at)s was taken for a title."),
        _("It stands above the headings."),
        _("Nothing to do."),
    ),
    "note_unknown_header": (
        _("The column '%(heading)s' was left out."),
        _("No column of that name is known here."),
        _("Rename it if it should be read."),
    ),
    "note_hidden_rows": (
        _("%(found)s hidden rows were read too."),
        _("A filter or a grouping hides them in the spreadsheet program."),
        _("Delete them if they shouldn't count."),
    ),
    "note_hidden_columns": (
        _("Hidden columns were read too."),
        _("Hiding a column doesn't remove its data."),
        _("Delete them if they shouldn't count."),
    ),
    "note_other_sheets": (
        _("Only the sheet '%(sheet)s' was read, not: %(others)s."),
        _("Only one sheet carries the headings."),
        _("Nothing to do if that's meant."),
    ),
    "note_normalised": (
        _("%(found)s cells held full-width or invisible characters; they were made plain."),
        _("Such characters look alike and make equal numbers unequal."),
        _("Nothing to do."),
    ),
    "note_no_final_newline": (
        _("The last line doesn't end."),
        _("Some programs write it so; a file cut short looks the same."),
        _("Check that row %(at)s is the last and complete."),
    ),
    # — photos —
    "photo_not_zip": (
        _("The photos aren't in a zip file, its content is %(found)s."),
        _("Photos are read from one zip file, each named by its identity number."),
        _("Pack the photos into a .zip file."),
    ),
    "photo_name": (
        _("The name of the entry isn't acceptable."),
        _("It points outside of the zip file or can't be read in UTF-8 or GB18030."),
        _("Pack the photos again, without folders."),
    ),
    "photo_link": (
        _("The entry is a link, not a photo."),
        _("A link could point to a file of this machine."),
        _("Pack the photo itself."),
    ),
    "photo_nested": (
        _("The entry is an archive inside the archive."),
        _("Archives inside archives aren't opened."),
        _("Pack all photos into one zip file."),
    ),
    "photo_encrypted": (
        _("The entry is protected by a password."),
        _("It can't be read."),
        _("Pack the photos without a password."),
    ),
    "photo_type": (
        _("The content is %(found)s."),
        _("Only JPEG, PNG and WebP photos are read; the name of a file doesn't change its content."),
        _("Save the photo as JPEG."),
    ),
    "photo_polyglot": (
        _("The photo carries a web page or a program."),
        _("A photo that is something else besides isn't accepted."),
        _("Open the photo and save it again as JPEG."),
    ),
    "photo_too_big": (
        _("The photo has more than %(limit)s KB."),
        _("No more is read."),
        _("Save it smaller."),
    ),
    "photo_too_many_pixels": (
        _("The photo says it has %(width)s × %(height)s pixels."),
        _("At most %(limit)s million are decoded."),
        _("Save it smaller."),
    ),
    "photo_broken": (
        _("The photo is damaged or cut short."),
        _("It can't be decoded."),
        _("Save it again as JPEG."),
    ),
    "photo_animated": (
        _("The picture is animated."),
        _("A photo shows one moment."),
        _("Save it as JPEG."),
    ),
    "photo_too_small": (
        _("The photo has %(width)s × %(height)s pixels."),
        _("At least %(min_width)s × %(min_height)s are needed for print."),
        _("Take or scan it again, larger."),
    ),
    "photo_shape": (
        _("The photo is %(width)s wide by %(height)s high."),
        _("Width by height must lie between %(low)s and %(high)s."),
        _("Crop it to the shape of an identity photo."),
    ),
    "photo_twice": (
        _("The name '%(stem)s' stands %(found)s times."),
        _("Which photo holds would be a guess, so none was taken."),
        _("Keep one photo for each person."),
    ),
}
