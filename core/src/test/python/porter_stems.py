"""Writes what nltk's stemmer makes of words, a word and its stem a line.

Usage: porter_stems.py FILE   (needs nltk; see requirements.txt)
"""

import sys

from nltk.stem.porter import PorterStemmer

STARTS = "argu agre cater controll electr enjo fl form geo hop happi nat oper pl predic sens troubl try us vi yy".split()
ENDINGS = ("s ss sses ies ied eed ed ing y ational tional enci anci izer abli alli entli eli ousli ization ation ator "
           "alism iveness fulness ousness aliti iviti biliti fulli logi icate ative alize iciti ical ful ness al ance "
           "ence er ic able ible ant ement ment ent ion sion tion ou ism ate iti ous ive ize e ll lle").split()
WORDS = ("sky skies dying lying tying news innings outings cannings howe proceed exceed succeed a is on dies flies "
         "died spied feed agreed bled motoring sing conflated sized hopping falling hissing fizzed failing filing "
         "toy syzygy yyyy enjoyment say spy geology theology roll controlling rate cease probate crème 180.5 the, "
         "don't").split()


def main(path):
    stemmer = PorterStemmer()
    with open(path, "w", encoding="utf-8") as file:
        for word in WORDS + [start + ending for start in STARTS for ending in ENDINGS]:
            file.write(word + " " + stemmer.stem(word) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
