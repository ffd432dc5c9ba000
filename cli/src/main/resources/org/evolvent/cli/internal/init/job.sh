#!/bin/sh
# Submit it from this directory: sbatch job.sh. Each task is a slot, in which one member trains at a time.
#SBATCH --ntasks=4
#SBATCH --cpus-per-task=2
#SBATCH --mem-per-cpu=2G
#SBATCH --time=12:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=job-%j.log
# Two minutes before the time is up the study saves what it has; when the job is started again, it goes on.
#SBATCH --signal=B:USR1@120
# For GPUs: #SBATCH --gpus-per-task=1, and below --set execution.slurm.gpus=1
exec evolvent run study.yaml --dir run --or-resume \
  --slots "$SLURM_NTASKS" --set "execution.slurm.cpus=$SLURM_CPUS_PER_TASK"
