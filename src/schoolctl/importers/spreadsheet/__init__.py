"""The parts of the workbook importer: limits of archives and sheets, and the rows that the library reads."""
