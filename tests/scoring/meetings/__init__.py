"""Tests of the timetables of meetings."""
