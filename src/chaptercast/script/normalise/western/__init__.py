"""What the Western languages have in common: how numbers are written, and the rules that differ in words only.

`Tongue` knows how one language says a date, a price, a fraction; the functions here make tables of rules from it. A language's own
package puts them in order, between rules of its own.
"""
