"""A class: roster and seats, handing out, marking, and what the class has understood.

The answer is data, and marking is working it out again. `check` leaves the values of an answer in
the notebook's output; marking reads them and judges them for the seat that the roster gives to the
student. Nothing of a student's is executed, and what a notebook claims about itself is shown, never
marked. The commands are `dtao-edu class ...`; `docs/teaching.md` is the lecturer's page.
"""
