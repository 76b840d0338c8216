"""Tests of the coded rules."""
