"""One schema a noun: it validates the JSON body and the HTML form alike."""
