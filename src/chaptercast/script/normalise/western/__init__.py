"""What Western languages share: number formats, and rules that differ only in words.

`Tongue` knows how one language says a date, a price, a fraction. The functions here make tables of rules from it. The language's own
package puts these tables in order, between rules of its own.
"""
