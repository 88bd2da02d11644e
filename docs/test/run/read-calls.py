"""Compiles a program, and prints the calls that it makes of the SDK, as JSON: their names, and those arguments that are
literals. The SDK itself is not needed."""

import ast
import json
import sys

source = open(sys.argv[1]).read()
compile(source, sys.argv[1], "exec")


def name_of(node):
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def literal_of(node):
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


calls = [
    {"name": name_of(node.func), "arguments": {each.arg: literal_of(each.value) for each in node.keywords if each.arg}}
    for node in ast.walk(ast.parse(source))
    if isinstance(node, ast.Call)
]
print(json.dumps([call for call in calls if ".v1." in call["name"]]))
