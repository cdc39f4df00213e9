import Composition
print("bench")
