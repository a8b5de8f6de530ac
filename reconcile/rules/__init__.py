"""Rules: the words of the languages and the tables of the field, as YAML; the code here only loads and checks them."""
