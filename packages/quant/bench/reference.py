# What the trees are held against: python reference.py FILE, with the file that `npm run bench -- --write FILE` makes.
# Needs numpy and scikit-learn.
import sys
import time

import numpy
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

TRAINED = 260_000
rows = numpy.fromfile(sys.argv[1]).reshape(-1, 21)
model = HistGradientBoostingClassifier(
    max_iter=100, max_leaf_nodes=31, learning_rate=0.1, l2_regularization=1.0, early_stopping=False
)
start = time.time()
model.fit(rows[:TRAINED, :20], rows[:TRAINED, 20])
scores = model.predict_proba(rows[TRAINED:, :20])[:, 1]
print(f"{time.time() - start:.1f} s, AUC {roc_auc_score(rows[TRAINED:, 20], scores):.4f}")
