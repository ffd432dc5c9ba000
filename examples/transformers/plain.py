"""Tells whether a sequence of tokens has more of one kind than of another, with a small BERT that knows nothing yet."""

import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments

LENGTH, WORDS = 24, 20


class Sequences(torch.utils.data.Dataset):
    def __init__(self, count, seed):
        generator = torch.Generator().manual_seed(seed)
        self.tokens = torch.randint(1, WORDS, (count, LENGTH), generator=generator)
        self.labels = ((self.tokens < 5).sum(1) > (self.tokens > 14).sum(1)).long()

    def __len__(self):
        return len(self.tokens)

    def __getitem__(self, i):
        return {"input_ids": self.tokens[i], "labels": self.labels[i]}


def model_init():
    return BertForSequenceClassification(
        BertConfig(
            vocab_size=WORDS,
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=64,
            max_position_embeddings=LENGTH,
        )
    )


def accuracy(predicted):
    return {"accuracy": (predicted.predictions.argmax(1) == predicted.label_ids).mean()}


trainer = Trainer(
    model_init=model_init,
    args=TrainingArguments(
        output_dir="out",
        max_steps=400,
        learning_rate=1e-3,
        weight_decay=0.01,
        per_device_train_batch_size=32,
        lr_scheduler_type="constant",
        use_cpu=True,
        report_to="none",
    ),
    train_dataset=Sequences(4000, seed=1),
    eval_dataset=Sequences(500, seed=2),
    compute_metrics=accuracy,
)
trainer.train()
print(trainer.evaluate())
