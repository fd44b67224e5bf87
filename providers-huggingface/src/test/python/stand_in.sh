# Runs as Python does, but for the training, the merging and the serving, which need packages: those are stand-ins.
here=$(dirname "$0")
case "$1" in
  -m) shift 2; exec python3 "$here/fake_transformers.py" "$@";;
  */finetune4j_merge.py) exec mkdir -p "$4";;
  */runner/*) cp "$here/fake_training.py" "$(dirname "$1")/finetune4j_training.py";;
esac
exec python3 "$@"
